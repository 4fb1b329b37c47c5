using Npgsql;

namespace RingPortal.Web.Features.Audit.Verification;

/// <summary>Reads a long result page by page inside a transaction, beside others on the same connection.</summary>
internal sealed class AuditCursor<T>(NpgsqlConnection connection, string name, int page, Func<NpgsqlDataReader, T> read)
    where T : class
{
    private readonly Queue<T> _ready = new();
    private bool _atEnd;

    public async Task OpenAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"DECLARE {name} NO SCROLL CURSOR FOR {sql}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The next row, which stays the next one; null at the end.</summary>
    public async Task<T?> PeekAsync(CancellationToken cancellationToken)
    {
        if (_ready.Count == 0 && !_atEnd)
        {
            await using var command = new NpgsqlCommand($"FETCH {page} FROM {name}", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                _ready.Enqueue(read(reader));
            }

            _atEnd = _ready.Count < page;
        }

        return _ready.TryPeek(out var row) ? row : null;
    }

    /// <summary>Goes on behind the row that was looked at.</summary>
    public void Take() => _ready.Dequeue();
}
