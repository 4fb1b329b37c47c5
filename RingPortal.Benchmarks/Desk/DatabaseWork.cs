using System.Globalization;
using Npgsql;

namespace RingPortal.Benchmarks.Desk;

/// <summary>What a database has done so far, or within a time.</summary>
/// <param name="Transactions">Committed ones.</param>
/// <param name="Blocks">Blocks read, from memory or not.</param>
/// <param name="Milliseconds">Time in which its sessions carried out statements.</param>
internal sealed record DatabaseWork(long Transactions, long Blocks, double Milliseconds)
{
    /// <param name="source">Of another database: looking on is no work of this one.</param>
    /// <param name="database">Whose.</param>
    public static async Task<DatabaseWork> TakeAsync(NpgsqlDataSource source, string database)
    {
        await using var command = source.CreateCommand("SELECT xact_commit, blks_hit + blks_read, active_time FROM pg_stat_database WHERE datname = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = database });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new DatabaseWork(reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2));
    }

    public static DatabaseWork operator -(DatabaseWork after, DatabaseWork before) =>
        new(after.Transactions - before.Transactions, after.Blocks - before.Blocks, after.Milliseconds - before.Milliseconds);

    /// <summary>The cells of a table.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transactions:N0} | {Blocks:N0} | {Milliseconds:N0}");
}
