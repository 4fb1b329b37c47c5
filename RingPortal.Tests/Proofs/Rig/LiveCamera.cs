using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.LiveView;
using RingPortal.Web.Features.Media.Album;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>A camera that is watched by its owner, and whose album is kept by a schedule: what a removal has to end.</summary>
internal sealed class LiveCamera
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly ProofWorld _world;
    private readonly JobDesk _jobs;
    private Guid _schedule;
    private Uri? _view;
    private IPage? _page;

    private LiveCamera(ProofWorld world, Household household, Guid id, Guid user, Watcher owner) =>
        (_world, _jobs, Household, Id, User, Owner) = (world, new JobDesk(world.Cluster), household, id, user, owner);

    public Household Household { get; }

    public Guid Id { get; }

    public string RingId => Household.DeviceIds[0];

    /// <summary>Whether real Chromium plays its picture.</summary>
    public bool IsPlayed => _page is not null;

    private Guid User { get; }

    private Watcher Owner { get; }

    /// <summary>The first camera of a linked household, its owner signed in at the first instance.</summary>
    public static async Task<LiveCamera> OfAsync(ProofWorld world, Household household)
    {
        var id = await world.Cluster.ScalarAsync<Guid>($"SELECT id FROM devices WHERE ring_device_id = '{household.DeviceIds[0]}'");
        var user = await world.Cluster.ScalarAsync<Guid>($"SELECT user_id FROM devices WHERE id = '{id}'");
        var owner = await Watcher.SignInAsync(new Account.Visitor(ProxiedBrowser.Open(world.Portals[0].Address)), ProofLinking.EmailOf(household), Linking.Visitor.Password);
        return new LiveCamera(world, household, id, user, owner);
    }

    /// <summary>Begins a live view through the portal's relay: in Chromium, or as its script asks for it.</summary>
    public async Task WatchAsync(IPage? page)
    {
        _page = page;
        if (page is null)
        {
            _view = await Owner.WatchAsync(Id);
        }
        else
        {
            await ProofScreen.PlayAsync(page);
        }
    }

    /// <summary>Turns the schedule on and lets its first moment come: with the live view there is something to keep.</summary>
    public async Task KeepAsync(ProofServices services)
    {
        Assert.NotNull(await services.AskAsync<AlbumSchedules, DateTimeOffset?>(
            schedules => schedules.SaveAsync(User, Id, new AlbumChoice(new TimeOnly(8, 0), EveryHours: 4, "Europe/Berlin", KeepDays: 7), CancellationToken.None)));
        _schedule = await _world.Cluster.ScalarAsync<Guid>($"SELECT id FROM snapshot_schedules WHERE device_id = '{Id}'");
        await DueAsync();
        await RunScheduleAsync();
        // The portals' own timetable may be at it, too.
        await Eventually.TrueAsync(
            async () => await _world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM snapshots WHERE device_id = '{Id}' AND slot IS NOT NULL AND outcome = 'Kept'") == 1, s_patience, $"the album of {RingId} has its picture");
    }

    /// <summary>The next moment of the schedule is now.</summary>
    public async Task DueAsync() => Assert.Equal(1, await _world.Cluster.ExecuteAsync(
        $"UPDATE snapshot_schedules SET next_slot = now(), next_attempt_at = now(), lease_id = NULL, lease_until = NULL WHERE device_id = '{Id}'"));

    /// <summary>Until the removal is marked; from then on nothing may begin.</summary>
    public Task MarkedAsync() => Eventually.TrueAsync(
        async () => await _world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM devices WHERE id = '{Id}' AND removed_at IS NULL") == 0, s_patience, $"{RingId} is removed");

    /// <summary>Whoever watches hears that it is over.</summary>
    public async Task ToldAsync()
    {
        if (_page is not null)
        {
            await ProofScreen.ToldAsync(_page);
            return;
        }

        using var beat = await Owner.BeatAsync(_view!);
        Assert.True(beat.StatusCode is HttpStatusCode.Gone or HttpStatusCode.NotFound, $"The player of {RingId} is told {beat.StatusCode}");
    }

    /// <summary>At Ring its stream ended once; of those that Ring did not end itself, by our word.</summary>
    public async Task EndedOnceAsync(bool byRing)
    {
        var sessions = (await _world.Ring.GetAsync($"sessions/history?account={Household.Key}")).AsArray();
        var session = Assert.Single(sessions)!;
        // Whose tokens Ring has revoked can end nothing there; its own limit does, a minute later at most.
        var closedBy = session["closedBy"]?.GetValue<string>();
        Assert.True(byRing ? closedBy is null or "DeviceGone" or "TimeLimit" : closedBy == "Deleted", $"{Household.Key}: closed by {closedBy ?? "nobody"}");
        Assert.Equal(1, session["openOnDevice"]!.GetValue<int>());
        var told = (await CallsAsync(0)).Where(call => call["operation"]!.GetValue<string>() == "LiveSessionDelete").Select(call => call["status"]!.GetValue<int>()).ToList();
        Assert.True(told.TrueForAll(status => status is 204 or 404) && told.Count(status => status == 204) == (byRing ? 0 : 1), $"{Household.Key}: {string.Join(", ", told)}");
    }

    /// <summary>No picture was asked for since a call of Ring's ledger, though the schedule's job runs again; nothing of it is left.</summary>
    public async Task KeepsNoMoreAsync(long after)
    {
        await RunScheduleAsync();
        var pictures = (await CallsAsync(after)).Count(call => call["path"]!.GetValue<string>().Contains(RingId, StringComparison.Ordinal) && call["operation"]!.GetValue<string>() is "ImageDownload" or "ImageFetch");
        Assert.True(pictures == 0, $"{pictures} pictures of {RingId} were asked for after its removal");
        Assert.Equal(0, await _world.Cluster.ScalarAsync<long>(
            $"SELECT (SELECT count(*) FROM snapshot_schedules WHERE device_id = '{Id}') + (SELECT count(*) FROM snapshots WHERE device_id = '{Id}') + (SELECT count(*) FROM live_sessions WHERE device_id = '{Id}')"));
    }

    /// <summary>What we asked Ring for this household.</summary>
    public async Task<IReadOnlyList<JsonNode>> CallsAsync(long after) =>
        [.. (await _world.Ring.GetAsync($"calls?after={after}")).AsArray().Where(call => !call!["fromRing"]!.GetValue<bool>() && call["account"]?.GetValue<string>() == Household.Key).Select(call => call!)];

    /// <summary>The job of the schedule, at whatever instance.</summary>
    private Task RunScheduleAsync() =>
        _jobs.SucceededAsync([_jobs.Run(typeof(TakeSnapshotJob), nameof(TakeSnapshotJob.RunAsync), _schedule, CancellationToken.None)], s_patience);
}
