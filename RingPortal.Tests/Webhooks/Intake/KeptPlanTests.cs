using Microsoft.Extensions.Configuration;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>Statements of the webhook's connections are prepared once and their plans are kept, so the plan of an empty table must do for a full one.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class KeptPlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Known_Deliveries_Are_Found_By_Index_Even_By_A_Plan_Made_While_Nothing_Was_Stored()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Portal", database.AppConnectionString)]).Build();
        await using var sources = new PortalDataSources(configuration);
        await using var connection = await sources.Webhook.OpenConnectionAsync();
        await ExecuteAsync(connection, "SET plan_cache_mode = force_generic_plan");
        await ExecuteAsync(connection, "PREPARE known (text[]) AS SELECT request_id FROM webhook_inbox WHERE request_id = ANY ($1)");

        var plan = await LinesAsync(connection, "EXPLAIN EXECUTE known (ARRAY['a', 'b'])");

        Assert.Contains(plan, line => line.Contains("ix_webhook_inbox_request_id", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Statement_That_Comes_Again_Is_Prepared_And_Outlives_The_Way_Through_The_Pool()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Portal", database.AppConnectionString)]).Build();
        await using var sources = new PortalDataSources(configuration);
        for (var time = 0; time < 3; time++)
        {
            await using var command = sources.Webhook.CreateCommand("SELECT $1::int + 1");
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = time });
            await command.ExecuteScalarAsync();
        }

        await using var look = sources.Webhook.CreateCommand("SELECT statement FROM pg_prepared_statements");
        Assert.Equal("SELECT $1::int + 1", await look.ExecuteScalarAsync());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ReadColumnAsync<string>(CancellationToken.None);
    }
}
