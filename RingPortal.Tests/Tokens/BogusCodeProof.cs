using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Proof)]
public sealed class BogusCodeProof(LinkWorld world) : IClassFixture<LinkWorld>
{
    [Theory]
    [InlineData("127.0.0.0/24")]
    [InlineData("203.0.113.0/24")]
    public async Task A_Flood_Of_Invented_Codes_From_Near_Or_Far_Keeps_No_Real_One_Waiting(string network)
    {
        // What such a flood leaves behind; at 20 exchanges a second it would take minutes to work off.
        await world.Database.ExecuteAsync(
            $"""
            INSERT INTO ring_tokens (id, state, code_hash, source_network, received_at, retain_from, state_changed_at, next_attempt_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), 'RECEIVED', sha256((n || '{network}')::bytea), '{network}', now(), now(), now(), now(), 0, false, 0 FROM generate_series(1, 5000) n
            """);

        await world.InstallAsync();

        var waiting = await world.Database.ScalarAsync<long>($"SELECT count(*) FROM ring_tokens WHERE state = 'RECEIVED' AND source_network = '{network}'");
        Assert.True(waiting > 3000, $"Only {waiting} of 5,000 were still waiting: the real code was not first.");
        await world.Database.ExecuteAsync("DELETE FROM ring_tokens WHERE state = 'RECEIVED'");
    }
}
