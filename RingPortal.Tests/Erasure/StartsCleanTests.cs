using Microsoft.EntityFrameworkCore;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Erasure;

/// <summary>The whole way, with Ring: connect, be seen, delete the account; then somebody else connects the same cameras.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class StartsCleanTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_Ring_Account_That_Somebody_Else_Connects_Later_Starts_Clean()
    {
        var (database, ring) = (world.Links.Database, world.Links.Ring);
        var leaver = await world.LinkAsync();
        var email = $"{leaver.Ring.Key}@example.org";
        ring.Events.Press(leaver.Ring.Key, leaver.Ring.Account.Devices[0].Id);
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>($"SELECT count(*) FROM device_events WHERE user_id = '{leaver.UserId}'") == 1, s_soon, "the press is in the timeline");

        var page = await leaver.Browser.OpenAsync("/Account/Delete");
        Assert.Contains("What you do in the Ring app", page.Text, StringComparison.Ordinal);
        Assert.Equal("/Account/Deleted", (await leaver.Browser.SubmitAsync(page, "/Account/Delete", ("email", email))).Location);
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>($"SELECT count(*) FROM users WHERE id = '{leaver.UserId}'") == 0, s_soon, "the account is gone");
        // Once when it was connected, once that it pauses.
        Assert.Equal(2, ring.Calls.Count(RingOperation.AppIntegrationsPatch, leaver.Ring.Key));

        // The person does the last step in the Ring app, and what Ring says about that leaves nothing.
        ring.Uninstall(leaver.Ring.Key);
        await ring.WhenEventsDeliveredAsync();
        string[] canaries = [email, email.ToUpperInvariant(), leaver.Ring.AccountId, .. leaver.Ring.DeviceIds, $"{leaver.UserId}"];
        await Eventually.TrueAsync(async () => (await DatabaseScan.FindAsync(database.MigratorConnectionString, canaries)).Count == 0, s_soon, "nothing is found");

        await ring.InstallAsync(leaver.Ring.Key);
        await world.Links.UntilStateAsync(leaver.Ring, "UNCLAIMED");
        using var other = new Visitor(world.Links.Portal);
        await other.ConnectAsync(await other.ReachConsentAsync(ring.BeginLink(leaver.Ring.Key), $"{Guid.NewGuid():N}@example.org"));
        await other.UntilAsync("Done");

        await using var context = database.CreateContext();
        var link = await context.RingTokens.AsNoTracking().SingleAsync(token => token.AccountId == leaver.Ring.AccountId);
        Assert.NotEqual(leaver.UserId, link.UserId);
        Assert.Equal(2, await context.Devices.CountAsync(device => device.RingTokenId == link.Id));
        Assert.Equal(0, await context.DeviceEvents.CountAsync(entry => entry.UserId == link.UserId));
        Assert.Equal(0, await context.DisconnectedAccounts.CountAsync());
        ring.Events.Press(leaver.Ring.Key, leaver.Ring.Account.Devices[0].Id);
        await Eventually.TrueAsync(async () => await context.DeviceEvents.CountAsync(entry => entry.UserId == link.UserId) == 1, s_soon, "events of the new connection arrive");
    }
}
