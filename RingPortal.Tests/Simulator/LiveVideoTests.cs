using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

/// <summary>The signalling of live video; that a browser plays it is shown in <see cref="LiveVideoBrowserTests"/>.</summary>
public sealed class LiveVideoTests : CloudTest
{
    private const string FrontDoor = "ava1.ring.device.DEMOFRONTDOOR01", Backyard = "ava1.ring.device.DEMOBACKYARD02";
    private const string Driveway = "ava1.ring.device.DEMODRIVEWAY03", Garage = "ava1.ring.device.DEMOGARAGE04";

    public static TheoryData<string, string> Refused => new()
    {
        { "hello", "The offer is not SDP." },
        { "", "The offer is not SDP." },
        { "v=0\r\ns=-\r\n", "The offer has no media." },
        { Offers.Of(Offers.Audio), "The offer has no video." },
        { Offers.Good.Replace("recvonly", "sendrecv", StringComparison.Ordinal), "Incompatible send direction" },
        { Offers.Of(Offers.Video, Offers.Audio.Replace("recvonly", "sendonly", StringComparison.Ordinal)), "Incompatible send direction" },
        { Offers.Good.Replace("a=recvonly\r\n", "", StringComparison.Ordinal), "Incompatible send direction" },
        { Offers.Good.Replace("H264", "H265", StringComparison.Ordinal), "The offer has no H264." },
        { Offers.Of(Offers.Video, Offers.Audio.Replace("m=audio", "m=application", StringComparison.Ordinal)), "Media of kind application are not accepted." },
        { Offers.Good.Replace("a=rtcp-mux\r\n", "", StringComparison.Ordinal), "The offer does not use rtcp-mux." },
        { Offers.Good.Replace("a=ice-pwd", "a=x", StringComparison.Ordinal), "The offer has no ICE credentials." },
        { Offers.Good.Replace("sha-256", "sha-1", StringComparison.Ordinal), "The offer has no SHA-256 fingerprint." },
        { Offers.Good.Replace("a=mid:1", "a=mid:0", StringComparison.Ordinal), "Two media sections have the same mid." },
    };

    [Fact]
    public async Task An_Offer_Opens_A_Session_And_Its_Address_Ends_It()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var answer = await OfferAsync(access, FrontDoor);
        Assert.Equal((201, Offers.Type), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        var session = Assert.Single(Cloud.Sessions.Opened);
        Assert.Equal((FrontDoor, session.OpenedAt.AddSeconds(60)), (session.DeviceId, session.EndsAt));
        Assert.Equal(session.Location.AbsoluteUri, answer.Headers.Location!.OriginalString);
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(2, lines.Count(line => line == "a=sendonly"));
        Assert.Contains("a=rtpmap:106 H264/90000", lines);
        Assert.Contains("a=rtpmap:111 opus/48000/2", lines);
        Assert.All(lines.Where(line => line.StartsWith("a=candidate", StringComparison.Ordinal)), line => Assert.Contains(" 127.0.0.1 ", line, StringComparison.Ordinal));
        Assert.Equal(LivePlay.Waiting, Assert.Single(Cloud.Sessions.History).Play);

        Assert.Equal((204, 404), (await DeleteAsync(session.Location, access), await DeleteAsync(session.Location, access)));
        var over = Assert.Single(Cloud.Sessions.History);
        Assert.Equal((LiveEnd.Deleted, 2, 1, LivePlay.Over), (over.ClosedBy, over.Deletes, over.OpenOnDevice, over.Play));
        Assert.Equal(1, Cloud.Calls.Count(RingOperation.LiveSessionCreate, "mara", 201));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_Offer_That_Ring_Would_Not_Take_Is_Refused(string offer, string detail)
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var answer = await OfferAsync(access, FrontDoor, offer);
        var error = (await PartnerCalls.JsonAsync(answer))["errors"]![0]!;
        Assert.Equal((400, "400", detail), ((int)answer.StatusCode, (string?)error["status"], (string?)error["detail"]));
        Assert.Empty(Cloud.Sessions.History);
        Assert.Single(Cloud.Calls.Loud());
    }

    [Fact]
    public async Task Only_The_Callers_Online_Devices_Are_Played_And_Only_For_Sdp()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var offline = await OfferAsync(access, Garage);
        await PartnerCalls.AssertErrorAsync(offline, 503, "Service Unavailable");
        using var foreign = await OfferAsync(access, "ava1.ring.device.DEMOPORCH05");
        await PartnerCalls.AssertErrorAsync(foreign, 404, "Not Found");
        using var component = await OfferAsync(access, $"{Driveway}", query: "?component_id=9");
        await PartnerCalls.AssertErrorAsync(component, 404, "Not Found");
        using var known = await OfferAsync(access, Driveway, query: "?component_id=2");
        Assert.Equal(201, (int)known.StatusCode);
        using var json = await OfferAsync(access, FrontDoor, type: "application/json");
        await PartnerCalls.AssertErrorAsync(json, 415, "Unsupported Media Type");
        using var stranger = await OfferAsync(null, FrontDoor);
        await PartnerCalls.AssertErrorAsync(stranger, 401, "Invalid Client");
        using var huge = await OfferAsync(access, FrontDoor, new string('x', 70_000));
        Assert.Equal(413, (int)huge.StatusCode);
        var (unlinked, _) = await Partner.InstallAsync("devon");
        using var early = await OfferAsync(unlinked, "ava1.ring.device.DEMOPORCH05");
        await PartnerCalls.AssertErrorAsync(early, 403, "Out of Scope Access");
        Assert.Single(Cloud.Sessions.History);
    }

    [Fact]
    public async Task Every_End_Is_Told_In_The_Past_Of_The_Sessions()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Settings.Live = new() { WithoutMedia = true };
        using var limited = await OfferAsync(access, Backyard);
        Cloud.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty(Cloud.Sessions.Opened);
        Cloud.Settings.Live = new() { WithoutMedia = true, EndAfter = TimeSpan.FromSeconds(5) };
        using var early = await OfferAsync(access, FrontDoor);
        Cloud.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(404, await DeleteAsync(early.Headers.Location!, access));
        Cloud.Settings.Live = new() { WithoutMedia = true, LimitSeconds = 50 };
        using var first = await OfferAsync(access, Driveway);
        using var second = await OfferAsync(access, Driveway);
        Cloud.Accounts.RemoveDevice("mara", Driveway, RemovalCause.TakenOut);
        Assert.Equal(
            [(LiveEnd.TimeLimit, 1, 0), (LiveEnd.EndedEarly, 1, 1), (LiveEnd.DeviceGone, 1, 0), (LiveEnd.DeviceGone, 2, 0)],
            Cloud.Sessions.History.Select(one => (one.ClosedBy!.Value, one.OpenOnDevice, one.Deletes)));
        Assert.All(Cloud.Sessions.History, one => Assert.True(one.ClosedAt <= one.EndsAt));
    }

    [Fact]
    public async Task A_Session_Ends_By_Itself_Though_Nobody_Looks()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Settings.Live = new() { LimitSeconds = 0.2 };
        using var answer = await OfferAsync(access, FrontDoor);
        await Eventually.TrueAsync(() => Cloud.Sessions.History is [{ ClosedBy: LiveEnd.TimeLimit }], TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("https://evil.example/x?y=1", "https://evil.example/x?y=1")]
    [InlineData("//evil.example/v1/devices/{device}", "//evil.example/v1/devices/" + FrontDoor)]
    [InlineData("{cloud}/v1/devices/other/media", null)]
    [InlineData("", "")]
    public async Task A_Location_Is_Whatever_A_Test_Wishes(string raw, string? expected)
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Settings.Live = new() { RawLocation = raw, WithoutMedia = true };
        using var answer = await OfferAsync(access, FrontDoor);
        var told = answer.Headers.NonValidated.TryGetValues("Location", out var values) ? values.Single() : "";
        Assert.Equal(expected ?? $"{Cloud.BaseAddress}v1/devices/other/media", told);
    }

    [Fact]
    public async Task A_Location_Is_A_Path_If_A_Test_Wishes()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Settings.Live = new() { RelativeLocation = true };
        using var answer = await OfferAsync(access, FrontDoor);
        Assert.Equal(Cloud.Sessions.Opened[0].Location.AbsolutePath, answer.Headers.Location!.OriginalString);
        Assert.Equal(204, await DeleteAsync(new Uri(Cloud.BaseAddress, answer.Headers.Location), access));
    }

    [Fact]
    public async Task Answers_Are_Other_Ones_Later_Ones_Or_None()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Settings.Live = new() { AnswerStatus = 429 };
        using var busy = await OfferAsync(access, FrontDoor);
        await PartnerCalls.AssertErrorAsync(busy, 429, "Planned fault");
        Assert.Empty(Cloud.Sessions.History);
        Cloud.Settings.Live = new() { AnswerStatus = 200, AnswerBody = "v=0" };
        using var odd = await OfferAsync(access, FrontDoor);
        Assert.Equal((200, "v=0"), ((int)odd.StatusCode, await odd.Content.ReadAsStringAsync()));
        Assert.Single(Cloud.Sessions.Opened);
        Cloud.Settings.Live = new() { AnswerDelay = TimeSpan.FromMinutes(5) };
        using (var impatient = new CancellationTokenSource())
        {
            var late = OfferAsync(access, Backyard, cancellationToken: impatient.Token);
            await Eventually.TrueAsync(() => Cloud.Sessions.Opened.Count == 2, TimeSpan.FromSeconds(30));
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        }

        Cloud.Settings.Live = new();
        Cloud.Faults.Add(Fault.Drop(RingOperation.LiveSessionCreate, afterEffect: true));
        await Assert.ThrowsAsync<HttpRequestException>(() => OfferAsync(access, Driveway));
        Assert.Equal(3, Cloud.Sessions.Opened.Count);
        Assert.Throws<ArgumentException>(() => Cloud.Settings.Live = new() { DropPercent = 101 });
    }

    [Fact]
    public async Task A_Proof_Makes_Trouble_And_Reads_The_Past_Over_Http()
    {
        using var changed = await Partner.Http.PatchAsJsonAsync("/control/live", new { relativeLocation = true, dropPercent = 5, endAfter = "00:00:07", withoutMedia = true });
        Assert.Equal("00:00:07", (string?)(await PartnerCalls.JsonAsync(changed))["endAfter"]);
        Assert.Equal((5, true), (Cloud.Settings.Live.DropPercent, Cloud.Settings.Live.RelativeLocation));
        using var wrong = await Partner.Http.PatchAsJsonAsync("/control/live", new { dropPercent = -1 });
        Assert.Equal(400, (int)wrong.StatusCode);
        var (access, _) = await Partner.LinkAsync("mara");
        using var answer = await OfferAsync(access, FrontDoor);
        await DeleteAsync(new Uri(Cloud.BaseAddress, answer.Headers.Location!), access);
        var past = JsonNode.Parse(await Partner.Http.GetStringAsync($"/control/sessions/history?account=mara&device={FrontDoor}"))!;
        Assert.Equal(("Deleted", 1, 1), ((string)past[0]!["closedBy"]!, (int)past[0]!["openOnDevice"]!, (int)past[0]!["deletes"]!));
        Assert.Equal("[]", await Partner.Http.GetStringAsync("/control/sessions/history?account=devon"));
        using var reset = await Partner.Http.DeleteAsync("/control/live");
        Assert.Equal(new LiveSettings(), Cloud.Settings.Live);
    }

    private async Task<HttpResponseMessage> OfferAsync(
        string? token, string device, string? offer = null, string query = "", string type = Offers.Type, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/devices/{device}/media/streaming/whep/sessions{query}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(offer ?? Offers.Good)) { Headers = { ContentType = new(type) } },
        };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);

        return await Partner.Http.SendAsync(request, cancellationToken);
    }

    private async Task<int> DeleteAsync(Uri location, string? token)
    {
        using var answer = await Partner.CallAsync(HttpMethod.Delete, location.AbsoluteUri, token);
        return (int)answer.StatusCode;
    }
}
