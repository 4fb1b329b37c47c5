using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Tests.Webhooks.Desk;

/// <summary>Acts on many deliveries of a full inbox: no piece of the work reads the whole table.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class InboxBulkPlanTests(FullInbox inbox) : IClassFixture<FullInbox>
{
    [Fact]
    public async Task Acts_On_Many_Find_Their_Deliveries_And_Their_Results_By_Index()
    {
        var plans = new PlanRecorder();
        await using var services = inbox.Serve(plans);
        var bulk = new InboxBulk { Verb = InboxVerb.Discard, Filter = BulkFilter.Of(new InboxFilter(InboxTab.Stopped), InboxState.Dead).Write(), AskedAt = DateTimeOffset.UtcNow, Matched = 600 };
        await using (var context = inbox.Database.CreateContext())
        {
            context.InboxBulks.Add(bulk);
            await context.SaveChangesAsync();
        }

        await using (var scope = services.CreateAsyncScope())
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<BulkChunk>().RunAsync(bulk.Id, CancellationToken.None));
            Assert.False(await scope.ServiceProvider.GetRequiredService<BulkChunk>().RunAsync(bulk.Id, CancellationToken.None));
        }

        Assert.Equal((600, 600), Assert.Single(await services.GetRequiredService<BulkQueries>().NewestAsync(CancellationToken.None)) is var row ? (row.Handled, row.Done) : default);
        plans.AssertIndexed("webhook_inbox");
    }
}
