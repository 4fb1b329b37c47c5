using Npgsql;

namespace RingPortal.Tests.Infrastructure;

/// <summary>A database with so many rows that plans matter, laid out once for a class of tests that only read it.</summary>
public abstract class FilledDatabase : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    /// <summary>The statements, each ended by a semicolon at the end of a line.</summary>
    protected abstract string Statements { get; }

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        await using var owner = NpgsqlDataSource.Create(Database.MigratorConnectionString);
        // One transaction each: a long one holds up the sealing of audit trails in the whole cluster, and VACUUM refuses any.
        foreach (var statement in Statements.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = owner.CreateCommand(statement);
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync();
        }
    }

    public Task DisposeAsync() => Database.DisposeAsync().AsTask();

    /// <summary>How PostgreSQL would answer.</summary>
    public async Task<string> PlanAsync(string sql)
    {
        await using var command = Database.Source.CreateCommand("EXPLAIN " + sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
