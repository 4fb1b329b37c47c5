using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Proof)]
public sealed class BogusCodeProof(LinkWorld world) : IClassFixture<LinkWorld>
{
    [Fact]
    public async Task A_Flood_Of_Invented_Codes_Keeps_No_Real_One_Waiting()
    {
        using var client = world.Portal.CreateClient();
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, stop) =>
        {
            using var answer = await client.PostAsync("/ring/token", new FormUrlEncodedContent([new("code", $"invented-{number}")]), stop);
            Assert.True(answer.IsSuccessStatusCode);
        });
        var waiting = await world.Database.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'RECEIVED'");

        await world.InstallAsync();

        // Newest first: the real one did not wait for those before it.
        Assert.True(waiting > 50, $"Only {waiting} were waiting, so nothing was proved.");
        Assert.True(await world.Database.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'RECEIVED'") > 0, "The flood was over before the real code.");
        Assert.True(world.Ring.Calls.Count(RingOperation.Token) < 400);
    }
}
