using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Data;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SchemaTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_Cloned_Database_Answers_The_Context()
    {
        await using var context = database.CreateContext();

        Assert.Equal(0, await context.RingTokens.CountAsync(token => token.AccountId == "nobody"));
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task The_Migrations_Contain_Every_Change_Of_The_Model()
    {
        await using var context = database.CreateContext();

        Assert.NotEmpty(context.Database.GetMigrations());
        Assert.False(context.Database.HasPendingModelChanges(), "The model changed: add a migration (dotnet ef migrations add Name --project migrations).");
    }

    [Fact]
    public async Task The_Database_Allows_Exactly_The_State_Changes_Of_The_Product()
    {
        var states = Enum.GetValues<RingTokenState>();
        List<string> differences = [];
        foreach (var from in states)
        {
            foreach (var to in states)
            {
                var allowed = await database.ScalarAsync<bool>($"SELECT ring_token_transition_allowed('{from.Name()}', '{to.Name()}')");
                if (allowed != RingTokenTransitions.Allows(from, to))
                {
                    differences.Add($"{from} -> {to}");
                }
            }
        }

        Assert.Equal(12, states.Length);
        Assert.Empty(differences);
    }

    [Fact]
    public async Task The_Database_Refuses_A_State_Change_That_Is_Not_Allowed()
    {
        var id = Guid.CreateVersion7();
        await database.ExecuteAsync($"INSERT INTO ring_tokens (id, state, code_hash, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version) VALUES ('{id}', 'RECEIVED', '\\x01', '192.0.2.0/24', now(), now(), now(), 0, false, 0)");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync($"UPDATE ring_tokens SET state = 'ACTIVE' WHERE id = '{id}'"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
        Assert.Equal(1, await database.ExecuteAsync($"UPDATE ring_tokens SET state = 'EXCHANGED' WHERE id = '{id}'"));
    }

    [Theory]
    [InlineData("CREATE TABLE sneaked_in (id int)")]
    [InlineData("CREATE SCHEMA sneaked_in")]
    [InlineData("ALTER TABLE ring_tokens DROP COLUMN scope")]
    [InlineData("DROP TABLE ring_tokens")]
    [InlineData("TRUNCATE ring_tokens")]
    [InlineData("ALTER TABLE ring_tokens DISABLE TRIGGER ring_tokens_state")]
    public async Task The_Portals_Role_Cannot_Change_The_Schema(string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(statement));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
