using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Arrivals;
using RingPortal.Web.Features.Arrivals;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>Calls of a flood are kept in part and counted whole, minute by minute, over all instances.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ArrivalCountsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task What_Is_Too_Much_To_Keep_Is_Counted_All_The_Same()
    {
        const int Calls = 400;
        await using var first = await PortalHost.StartAsync(database);
        await using var second = await PortalHost.StartAsync(database);
        foreach (var portal in new[] { first, second })
        {
            using var client = portal.CreateClient();
            await Eventually.TrueAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "ready");
            await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => client.GetAsync("/ring/link")));
            portal.Services.GetRequiredService<ArrivalLog>().Count(new DefaultHttpContext(), "webhook", "accepted");
        }

        var queries = first.Services.GetRequiredService<ArrivalQueries>();
        await Eventually.TrueAsync(
            async () => (await queries.MinutesAsync(new ArrivalFilter(), CancellationToken.None)).Sum(minute => minute.Count) == (2 * Calls) + 2, TimeSpan.FromSeconds(30), "all are counted");

        var kept = await database.ScalarAsync<long>("SELECT count(*) FROM arrivals");
        Assert.InRange(kept, 2, (2 * Calls) - 1);
        Assert.Equal(2, (await queries.MinutesAsync(new ArrivalFilter("webhook", "accepted"), CancellationToken.None)).Sum(minute => minute.Count));
        Assert.Equal((2 * Calls) + 2, await database.ScalarAsync<decimal>("SELECT sum(count) FROM arrival_minutes"));
    }
}
