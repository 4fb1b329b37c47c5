using Npgsql;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>What the inbox holds under the keys of deliveries that it did not take.</summary>
internal sealed class KnownDeliveries
{
    private readonly Dictionary<string, byte[]> _requests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);

    private KnownDeliveries()
    {
    }

    /// <summary>Reads request id, event key and body hash.</summary>
    public static async Task<KnownDeliveries> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var known = new KnownDeliveries();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known._requests[reader.GetString(0)] = reader.GetFieldValue<byte[]>(2);
            if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                known._events.Add(reader.GetString(1));
            }
        }

        return known;
    }

    /// <summary>A repeat, another body under the same id, or, when its rival is gone meanwhile, not stored.</summary>
    public InboxOutcome Judge(InboxMessage message) =>
        _requests.TryGetValue(message.RequestId, out var hash) ? hash.AsSpan().SequenceEqual(message.BodyHash) ? InboxOutcome.Duplicate : InboxOutcome.Conflicting
        : message.EventKey is { } key && _events.Contains(key) ? InboxOutcome.Duplicate
        : InboxOutcome.NotStored;
}
