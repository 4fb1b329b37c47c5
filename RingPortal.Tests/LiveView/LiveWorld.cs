using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.LiveView;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.LiveView;
using LiveEnd = RingPortal.Simulator.Live.LiveEnd;
using LiveSessionRecord = RingPortal.Simulator.Live.LiveSessionRecord;

namespace RingPortal.Tests.LiveView;

/// <summary>Two portals on one database and Ring, with people whose accounts are linked the way people link them.</summary>
public sealed class LiveWorld : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    internal CameraWorld Cameras { get; } = new();

    internal LinkWorld Links => Cameras.Links;

    internal PortalHost First => Links.Portal;

    internal PortalHost Second { get; private set; } = null!;

    internal RingPortal.Simulator.Hosting.RingCloud Ring => Links.Ring;

    public async Task InitializeAsync()
    {
        await Cameras.InitializeAsync();
        Second = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Second.DisposeAsync();
        await Cameras.DisposeAsync();
    }

    /// <summary>One more portal beside them; Ring still calls the first.</summary>
    internal async Task<PortalHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? configure = null)
    {
        var all = new Dictionary<string, string?> { ["Vault:Keys:0"] = Links.VaultKey };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        var portal = await PortalHost.StartAsync(Links.Database, Ring, all, configure);
        Ring.Settings.PortalUrl = First.BaseAddress;
        await LinkWorld.ReadyAsync(portal);
        return portal;
    }

    /// <summary>A new person with two cameras, signed in at a portal.</summary>
    internal async Task<Viewer> ViewerAsync(PortalHost? portal = null, int cameras = 2)
    {
        var person = await Cameras.LinkAsync(cameras);
        var watcher = await SignInAsync(person, portal ?? First);
        var ids = (await Cameras.DevicesAsync(person)).Select(device => device.Id).ToList();
        return new Viewer(person, watcher, ids);
    }

    internal static Task<Watcher> SignInAsync(LinkedPerson person, PortalHost portal) => Watcher.SignInAsync(portal.BaseAddress, $"{person.Ring.Key}@example.org", Visitor.Password);

    internal async Task<LiveSession> RowAsync(Uri view)
    {
        await using var context = Links.Database.CreateContext();
        return await context.LiveSessions.AsNoTracking().SingleAsync(row => row.Id == IdOf(view));
    }

    internal static Guid IdOf(Uri view) => Guid.Parse(view.OriginalString.Split('/')[^1]);

    internal IReadOnlyList<LiveSessionRecord> At(Viewer viewer) => [.. Ring.Sessions.History.Where(session => session.AccountKey == viewer.Key)];

    /// <summary>As if its page went on saying that somebody watches: on a busy machine the test is silent for long.</summary>
    internal Task StayAsync(Uri view) => Links.Database.ExecuteAsync(
        $"UPDATE live_sessions SET heartbeat_at = now() + interval '10 minutes', deadline = now() + interval '10 minutes' WHERE id = '{IdOf(view)}' AND ended_at IS NULL");

    /// <summary>Until nothing of a person is open, here and at Ring; Ring was told of each exactly once.</summary>
    internal async Task ClosedAsync(Viewer viewer, LiveEnd by = LiveEnd.Deleted)
    {
        await Eventually.TrueAsync(
            async () => await Links.Database.ScalarAsync<long>($"SELECT count(*) FROM live_sessions WHERE user_id = '{viewer.UserId}' AND closed_at IS NULL") == 0, s_patience, "every row is closed");
        Assert.DoesNotContain(Ring.Sessions.Opened, session => session.AccountKey == viewer.Key);
        Assert.All(At(viewer), session => Assert.Equal(by, session.ClosedBy));
        Assert.All(At(viewer), session => Assert.Equal(1, session.OpenOnDevice));
        if (by is LiveEnd.Deleted)
        {
            Assert.All(At(viewer), session => Assert.Equal(1, session.Deletes));
        }
    }

    internal static Task SweepAsync(PortalHost portal) => portal.Services.GetRequiredService<LiveSweep>().RunAsync(CancellationToken.None);

    /// <summary>What the audit trail says of one camera, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> TrailAsync(Guid camera)
    {
        await using var context = Links.Database.CreateContext();
        return await context.AuditRecords.AsNoTracking().Where(record => record.Target == $"device:{camera}" && record.Action.StartsWith("live."))
            .OrderBy(record => record.Id).Select(record => record.Action + " " + record.Actor + " " + record.Reason).ToListAsync();
    }
}

/// <summary>A person, their page and their cameras by name.</summary>
internal sealed record Viewer(LinkedPerson Person, Watcher Page, IReadOnlyList<Guid> Cameras)
{
    public string Key => Person.Ring.Key;

    public Guid UserId => Person.UserId;

    public string RingDevice(int camera) => Person.Ring.Account.Devices[camera].Id;
}
