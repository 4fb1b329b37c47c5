using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Simulator;
using RingPortal.Web.Ring;
using StaffVisitor = RingPortal.Tests.Account.Visitor;

namespace RingPortal.Tests.LiveView;

/// <summary>What the relay answers, code by code (reliability 4.4), and that nothing stays open whatever went wrong.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LiveRelayTests(LiveWorld world) : IClassFixture<LiveWorld>, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static TheoryData<int, int, string> RingSays { get; } = new()
    {
        { 400, 502, "bad_answer" },
        { 403, 403, "scope" },
        { 404, 404, "not_found" },
        { 422, 502, "bad_answer" },
        { 429, 503, "ring_away" },
        { 500, 502, "bad_answer" },
        { 503, 503, "device_offline" },
    };

    private int Asked => world.Ring.Calls.Count(RingOperation.LiveSessionCreate);

    public void Dispose()
    {
        world.Ring.Settings.Live = new();
        world.Ring.Faults.Clear();
    }

    [Fact]
    public async Task An_Offer_Is_Answered_And_What_Ring_Opened_Stays_With_The_Server()
    {
        var viewer = await world.ViewerAsync();

        using var answer = await viewer.Page.OfferAsync(viewer.Cameras[0]);

        Assert.Equal((HttpStatusCode.Created, Offers.Type), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Matches("^/api/live/[0-9a-f-]{36}$", answer.Headers.Location!.OriginalString);
        Assert.Equal(("30", "no"), (answer.Headers.GetValues("X-Live-Seconds").Single(), answer.Headers.GetValues("X-Live-Learnt").Single()));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("v=0", body, StringComparison.Ordinal);
        Assert.Contains("a=sendonly", body, StringComparison.Ordinal);
        var session = Assert.Single(world.At(viewer));
        Assert.DoesNotContain(session.Id, $"{answer.Headers}{answer.Content.Headers}{body}", StringComparison.Ordinal);
        Assert.EndsWith(session.Id, (await world.RowAsync(answer.Headers.Location)).RingPath, StringComparison.Ordinal);
        Assert.DoesNotContain(world.First.Logs.Lines, line => line.Contains(session.Id, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (await viewer.Page.StopAsync(answer.Headers.Location), await viewer.Page.StopAsync(answer.Headers.Location)));
        await world.ClosedAsync(viewer);
        Assert.Equal(["live.started Person ", "live.ended Person stopped"], await world.TrailAsync(viewer.Cameras[0]));
    }

    [Fact]
    public async Task What_Is_Not_Yours_Looks_Like_What_Does_Not_Exist()
    {
        var (owner, stranger) = (await world.ViewerAsync(), await world.ViewerAsync());
        var view = await owner.Page.WatchAsync(owner.Cameras[0]);

        using var theirs = await stranger.Page.OfferAsync(owner.Cameras[1]);
        using var nobodys = await stranger.Page.OfferAsync(Guid.CreateVersion7());
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, nobodys.StatusCode));
        Assert.Equal(await Watcher.CodeAsync(nobodys), await Watcher.CodeAsync(theirs));
        using var beat = await stranger.Page.BeatAsync(view);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (beat.StatusCode, await stranger.Page.StopAsync(view)));
        Assert.Equal(HttpStatusCode.NotFound, await stranger.Page.StopAsync(new Uri($"/api/live/{Guid.CreateVersion7()}", UriKind.Relative)));
        Assert.Single(world.Ring.Sessions.Opened, session => session.AccountKey == owner.Key);

        using var nobody = Watcher.Nobody(world.First);
        using var refused = await nobody.OfferAsync(owner.Cameras[0]);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (refused.StatusCode, await nobody.StopAsync(view)));
        Assert.Equal(HttpStatusCode.NoContent, await owner.Page.StopAsync(view));
        await world.ClosedAsync(owner);
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData("Support")]
    public async Task Staff_Watch_Nothing(string role)
    {
        var viewer = await world.ViewerAsync();
        var email = StaffVisitor.NewEmail();
        using (var first = new StaffVisitor(world.First.BaseAddress))
        {
            await first.SignUpAsync(email);
        }

        await world.Links.Database.ExecuteAsync($"INSERT INTO user_roles (user_id, role_id) SELECT users.id, roles.id FROM users, roles WHERE users.email = '{email}' AND roles.name = '{role}'");
        using var staff = await Watcher.SignInAsync(world.First.BaseAddress, email, StaffVisitor.Password);

        using var answer = await staff.OfferAsync(viewer.Cameras[0]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_Offer_That_Ring_Must_Not_See_Is_Refused_Before()
    {
        var viewer = await world.ViewerAsync();
        var camera = viewer.Cameras[0];
        using var form = await viewer.Page.OfferAsync(camera, form: false);
        using var type = await viewer.Page.OfferAsync(camera, type: "text/plain");
        using var untyped = await viewer.Page.OfferAsync(camera, type: null);
        using var large = await viewer.Page.OfferAsync(camera, offer: Offers.Good + new string('a', RingClient.LargestSdp));
        using var sending = await viewer.Page.OfferAsync(camera, offer: Offers.Good.Replace("recvonly", "sendrecv", StringComparison.Ordinal));
        using var nothing = await viewer.Page.OfferAsync(camera, offer: "");

        Assert.Equal(
            [400, 415, 415, 413, 400, 400],
            new[] { form, type, untyped, large, sending, nothing }.Select(answer => (int)answer.StatusCode));
        Assert.Empty(world.At(viewer));
        using var charset = await viewer.Page.OfferAsync(camera, type: "application/sdp; charset=utf-8");
        Assert.Equal(HttpStatusCode.Created, charset.StatusCode);
        await viewer.Page.StopAsync(charset.Headers.Location!);
    }

    [Theory]
    [MemberData(nameof(RingSays))]
    public async Task What_Ring_Refuses_Is_Told_In_Our_Words_And_Asked_Once(int ring, int expected, string code)
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Faults.Add(Fault.Answer(RingOperation.LiveSessionCreate, ring));
        var calls = Asked;

        using var answer = await viewer.Page.OfferAsync(viewer.Cameras[0]);

        Assert.Equal((expected, code), ((int)answer.StatusCode, await Watcher.CodeAsync(answer)));
        Assert.Equal(expected == 503, answer.Headers.RetryAfter is not null);
        Assert.Equal(calls + 1, Asked);
        // The place is free at once.
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(view));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task A_Definite_401_Is_Answered_By_Fresh_Tokens_Once_And_Then_By_The_Person()
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Faults.Add(Fault.Answer(RingOperation.LiveSessionCreate, 401));
        var before = Asked;
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        Assert.Equal(before + 2, Asked);
        Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(view));
        await world.ClosedAsync(viewer);

        world.Ring.RevokeTokens(viewer.Key);
        using var revoked = await viewer.Page.OfferAsync(viewer.Cameras[0]);
        Assert.Equal((409, "relink_required"), ((int)revoked.StatusCode, await Watcher.CodeAsync(revoked)));
        var calls = Asked;
        using var known = await viewer.Page.OfferAsync(viewer.Cameras[0]);
        Assert.Equal((409, "relink_required"), ((int)known.StatusCode, await Watcher.CodeAsync(known)));
        Assert.Equal(calls, Asked);
    }

    [Fact]
    public async Task A_Camera_That_Is_Offline_Is_Not_Asked_For()
    {
        var viewer = await world.ViewerAsync();
        await world.Links.Database.ExecuteAsync($"UPDATE devices SET online = false, offline_since = now() WHERE id = '{viewer.Cameras[0]}'");

        using var answer = await viewer.Page.OfferAsync(viewer.Cameras[0]);

        Assert.Equal((503, "device_offline"), ((int)answer.StatusCode, await Watcher.CodeAsync(answer)));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Empty(world.At(viewer));
    }

    [Fact]
    public async Task When_Ring_Is_Silent_The_Page_Is_Told_And_Ring_Is_Not_Asked_Again()
    {
        // Linked before there is a portal with so little patience, which would take part in it.
        var viewer = await world.ViewerAsync();
        await using var hasty = await world.StartAsync(configure: builder => builder.Services.AddSingleton(new RingTimings { Attempt = TimeSpan.FromSeconds(2) }));
        using var page = await LiveWorld.SignInAsync(viewer.Person, hasty);
        world.Ring.Settings.Live = new LiveSettings { AnswerDelay = TimeSpan.FromMinutes(1) };

        using var answer = await page.OfferAsync(viewer.Cameras[0]);

        Assert.Equal((504, "ring_silent"), ((int)answer.StatusCode, await Watcher.CodeAsync(answer)));
        Assert.Single(world.At(viewer));
        Assert.Equal(0, await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM live_sessions WHERE user_id = '{viewer.UserId}' AND closed_at IS NULL"));
    }

    [Theory]
    [InlineData("this is no description")]
    [InlineData("")]
    [InlineData("v=0\r\nnothing is offered")]
    public async Task What_Cannot_Be_Shown_Is_Ended_All_The_Same(string body)
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Settings.Live = new LiveSettings { AnswerBody = body };

        using var answer = await viewer.Page.OfferAsync(viewer.Cameras[0]);

        Assert.Equal((502, "bad_answer"), ((int)answer.StatusCode, await Watcher.CodeAsync(answer)));
        await world.ClosedAsync(viewer);
        Assert.Single(world.At(viewer));
    }

    [Fact]
    public async Task An_Answer_That_Is_Too_Large_Is_Not_Read_And_Its_View_Is_Ended()
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Settings.Live = new LiveSettings { AnswerBody = "v=0\r\nm=video\r\n" + new string('a', RingClient.LargestSdp) };

        using var answer = await viewer.Page.OfferAsync(viewer.Cameras[0]);

        Assert.Equal(502, (int)answer.StatusCode);
        await world.ClosedAsync(viewer);
        Assert.Single(world.At(viewer));
    }

    [Fact]
    public async Task A_Page_That_Left_While_Ring_Was_Asked_Leaves_Nothing_Open()
    {
        var viewer = await world.ViewerAsync();
        // So long that the portal learns before the answer that its page has left.
        world.Ring.Settings.Live = new LiveSettings { AnswerDelay = TimeSpan.FromSeconds(1) * Eventually.Patience };
        using var leaving = new CancellationTokenSource();
        var asking = viewer.Page.OfferAsync(viewer.Cameras[0], cancellationToken: leaving.Token);
        await Eventually.TrueAsync(() => world.At(viewer).Count == 1, s_patience, "Ring has opened it");

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Eventually.TrueAsync(() => world.At(viewer)[0].ClosedBy == LiveEnd.Deleted, s_patience, "what nobody waited for is ended");
        await world.ClosedAsync(viewer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/v1/devices/{device}/media/streaming/whep/sessions/{session}")]
    [InlineData("{cloud}/v1/devices/{device}/media/streaming/whep/sessions/{session}")]
    public async Task An_Address_Of_Rings_Own_Is_Kept_Whatever_Its_Form(string location)
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Settings.Live = new LiveSettings { RawLocation = location };

        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);

        Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(view));
        Assert.NotNull((await world.RowAsync(view)).ClosedAt);
        Assert.Equal(location.Length == 0 ? null : LiveEnd.Deleted, Assert.Single(world.At(viewer)).ClosedBy);
    }

    [Fact]
    public async Task An_Address_That_Is_Not_Rings_Is_Not_Called_And_Nothing_Is_Shown()
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Settings.Live = new LiveSettings { RawLocation = "//elsewhere.example/v1/devices/{device}/media/streaming/whep/sessions/{session}" };

        using var answer = await viewer.Page.OfferAsync(viewer.Cameras[0]);

        Assert.Equal((502, "bad_answer"), ((int)answer.StatusCode, await Watcher.CodeAsync(answer)));
        Assert.Equal(0, world.Ring.Calls.Count(RingOperation.LiveSessionDelete, viewer.Key));
        Assert.Equal(0, await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM live_sessions WHERE user_id = '{viewer.UserId}' AND closed_at IS NULL"));
    }
}
