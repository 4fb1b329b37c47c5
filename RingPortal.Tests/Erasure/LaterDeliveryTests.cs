using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Webhooks.Dispatch;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Erasure;

/// <summary>What Ring still sends about somebody who is gone.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LaterDeliveryTests(ErasureWorld world) : IClassFixture<ErasureWorld>
{
    [Theory]
    [InlineData("motion_detected")]
    [InlineData("device_added")]
    [InlineData("device_removed")]
    [InlineData("device_offline")]
    [InlineData("subscription_deactivated")]
    [InlineData("app_integration_removed")]
    [InlineData("app_integration_added")]
    [InlineData("something_new")]
    public async Task Every_Kind_Is_Accepted_And_Nothing_Of_It_Stays(string type)
    {
        var leaver = await world.PersonAsync();
        await world.FinishAsync(await world.BeginAsync(leaver));
        var inbox = world.Homes.First.Services.GetRequiredService<WebhookInbox>();
        var body = EventWorld.Event(type, leaver.AccountId, leaver.DeviceIds[0], DateTimeOffset.UtcNow, Name(leaver));
        var id = JsonNode.Parse(body)!["meta"]!["request_id"]!.GetValue<string>();

        Assert.Equal(InboxOutcome.Accepted, await inbox.AcceptAsync(body, new DeliveryHeaders("current", null, null, null, body.Length), Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(10), CancellationToken.None));
        await DrainAsync();

        await using var context = world.Database.CreateContext();
        var row = await context.Inbox.AsNoTracking().SingleAsync(message => message.RequestId == id);
        Assert.Equal((InboxState.Done, "disconnected here, dropped", null, null, 0), (row.State, row.Outcome, row.AccountId, row.Source, row.Body.Length));
        Assert.Empty(await world.FindAsync(leaver));
        Assert.Equal(InboxOutcome.Duplicate, await inbox.AcceptAsync(body, new DeliveryHeaders("current", null, null, null, body.Length), Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(10), CancellationToken.None));
    }

    private static Action<JsonObject> Name(Person person) => root => root["data"]!["attributes"]!["name"] = $"Küche {person.Tail}";

    private async Task DrainAsync()
    {
        int taken;
        do
        {
            await using var scope = world.Homes.Second.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
            taken = await scope.ServiceProvider.GetRequiredService<InboxBatch>().RunAsync(CancellationToken.None);
        }
        while (taken > 0);
    }
}
