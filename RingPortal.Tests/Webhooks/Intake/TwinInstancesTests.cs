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

        foreach (var together in deliveries.Chunk(25))
        {
            var answers = await Task.WhenAll(together.Select(async delivery => await Task.WhenAll(delivery.PostAsync(first), delivery.PostAsync(second))));
            Assert.All(answers, pair =>
            {
                Assert.All(pair, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
                Assert.Single(pair, answer => answer.Is("accepted"));
                Assert.Single(pair, answer => answer.Is("duplicate"));
            });
        }

        Assert.Equal(Pairs, await database.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox"));
        Assert.Equal(Pairs, await database.ScalarAsync<long>("SELECT count(DISTINCT request_id) FROM webhook_inbox"));
    }
}
