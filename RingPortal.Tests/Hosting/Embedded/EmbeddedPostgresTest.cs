using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Hosting.Embedded;

/// <summary>A folder for a cluster of its own, and short forms to use it.</summary>
public abstract class EmbeddedPostgresTest : IDisposable
{
    private protected TestFolder Folder { get; } = new();

    private protected string Root => Folder.Inside("pg");

    public void Dispose()
    {
        Folder.Dispose();
    }

    private protected Task<EmbeddedPostgres> StartAsync() => StartAsync(Root);

    private protected static Task<EmbeddedPostgres> StartAsync(string root) =>
        EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Root = root, Fast = true }, CancellationToken.None);

    private protected static async Task<object?> RunAsync(EmbeddedPostgres cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString("postgres", EmbeddedPostgres.Superuser) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private protected static async Task<bool> AnswersAsync(EmbeddedPostgres cluster)
    {
        try
        {
            return await RunAsync(cluster, "SELECT 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
