using System.Net;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>Ring delivers the same event to two instances in the same moment.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TwinInstancesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Pairs = 500;

    [Fact]
    public async Task The_Same_Delivery_At_Two_Instances_At_Once_Is_One_Row_And_Twice_200()
    {
        await using var one = await PortalHost.StartAsync(database);
        await using var two = await PortalHost.StartAsync(database);
        await LinkWorld.ReadyAsync(one);
        await LinkWorld.ReadyAsync(two);
        using var first = one.CreateClient();
        using var second = two.CreateClient();
        var deliveries = Enumerable.Range(0, Pairs).Select(_ => Delivery.New()).ToList();

        var accepted = 0;
        foreach (var together in deliveries.Chunk(25))
        {
            var answers = await Task.WhenAll(together.Select(async delivery => await Task.WhenAll(Delivery.SendAsync(first, delivery.Body), Delivery.SendAsync(second, delivery.Body))));
            Assert.All(answers, pair =>
            {
                Assert.All(pair, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
                // Who was told to come back may have been stored all the same: then both are duplicates.
                Assert.True(pair.Count(answer => answer.Is("accepted")) <= 1 && pair.All(answer => answer.Is("accepted") || answer.Is("duplicate")), $"{pair[0]} {pair[1]}");
                accepted += pair.Count(answer => answer.Is("accepted"));
            });
        }

        Assert.InRange(accepted, Pairs / 2, Pairs);

        Assert.Equal(Pairs, await database.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox"));
        Assert.Equal(Pairs, await database.ScalarAsync<long>("SELECT count(DISTINCT request_id) FROM webhook_inbox"));
    }
}
