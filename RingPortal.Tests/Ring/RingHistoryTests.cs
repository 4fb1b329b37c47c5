using System.Globalization;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

/// <summary>The event history as Ring writes it (contract 10.1), and as it must not be believed.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingHistoryTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    private const string Device = "ava1.ring.device.DEMOFRONTDOOR01";
    private const string Path = $"/v1/history/devices/{Device}/events";

    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeMilliseconds(1790000300250);

    [Fact]
    public async Task The_Contracts_Page_Is_Read_As_It_Stands()
    {
        Ring.Always(200, $$"""
            { "data": [ { "type": "history-events", "id": "hist-demo-0101",
                "attributes": { "event_type": "motion", "is_third_party_reviewed": false, "start": 1790000300250, "end": 1790000318400 },
                "relationships": { "source": { "data": { "type": "devices", "id": "{{Device}}" } } } } ],
              "links": { "next": "{{Path}}?page[key]=2026-09-21T14:18:20Z" } }
            """);

        var page = (await AskAsync()).Value!;

        Assert.Equal(new RingHistoryEvent("hist-demo-0101", "motion", null, s_start, DateTimeOffset.FromUnixTimeMilliseconds(1790000318400), false, Device), Assert.Single(page.Events));
        Assert.Equal($"{Path}?page[key]=2026-09-21T14:18:20Z", page.Next);
        Assert.Equal(Path, Assert.Single(Ring.Calls).Target);

        await AskAsync(next: page.Next);
        Assert.Equal($"{Path}?page[key]=2026-09-21T14:18:20Z", Ring.Calls.Last().Target);
    }

    [Fact]
    public async Task A_Filter_Is_Sent_As_Ring_Names_It()
    {
        Ring.Always(200, """{ "data": [] }""");

        await AskAsync(types: "motion.human,ding");

        Assert.Equal($"{Path}?event_types=motion.human%2Cding", Assert.Single(Ring.Calls).Target);
    }

    [Fact]
    public async Task Times_As_Text_A_Missing_End_And_Unknown_Words_Are_Taken()
    {
        Ring.Always(200, Page(
            """{ "id": "a", "attributes": { "event_type": "ding", "start": "1790000300250", "end": "1790000318400", "is_third_party_reviewed": true } }""",
            """{ "id": "b", "attributes": { "event_type": "on_demand", "start": 1790000300250 } }""",
            """{ "id": "c", "attributes": { "event_type": "flood_detected", "start": 1790000300250.0, "end": 5 } }""",
            """{ "id": "d", "attributes": { "event_type": "motion.human", "start": 1790000300250 } }""",
            """{ "id": "e", "attributes": { "event_type": "motion", "sub_type": "vehicle", "start": 1790000300250, "end": null } }""",
            """{ "id": "f", "attributes": { "event_type": "motion", "cv_detections": [ "animal", 7 ], "start": 1790000300250 } }"""));

        var events = (await AskAsync()).Value!.Events;

        Assert.Equal(
            [("a", "ding", null, true), ("b", "on_demand", null, false), ("c", "flood_detected", null, false), ("d", "motion", "human", false), ("e", "motion", "vehicle", false), ("f", "motion", "animal", false)],
            events.Select(entry => (entry.Id, entry.EventType, entry.SubType, entry.IsReviewed)));
        Assert.All(events, entry => Assert.Equal(s_start, entry.Start));
        Assert.Equal(["a"], events.Where(entry => entry.End is not null).Select(entry => entry.Id));
    }

    [Fact]
    public async Task What_Cannot_Be_Placed_Or_Belongs_To_Another_Camera_Is_Left_Out()
    {
        Ring.Always(200, Page(
            "null", "7", "{}", """{ "id": "no-attributes" }""",
            """{ "id": "no-start", "attributes": { "event_type": "ding" } }""",
            """{ "id": "bad-start", "attributes": { "event_type": "ding", "start": "soon" } }""",
            """{ "id": "far", "attributes": { "event_type": "ding", "start": 9e300 } }""",
            """{ "id": "beyond", "attributes": { "event_type": "ding", "start": 99999999999999999 } }""",
            """{ "id": "before", "attributes": { "event_type": "ding", "start": -5 } }""",
            """{ "attributes": { "event_type": "ding", "start": 1790000300250 } }""",
            """{ "id": "others", "attributes": { "event_type": "ding", "start": 1790000300250 }, "relationships": { "source": { "data": { "id": "another" } } } }""",
            """{ "id": "good", "attributes": { "event_type": "ding", "start": 1790000300250 } }"""));

        Assert.Equal(["good"], (await AskAsync()).Value!.Events.Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("""{ "data": [], "links": { "next": "NEXT" } }""")]
    [InlineData("""{ "data": [ ENTRY ], "links": { "next": null } }""")]
    [InlineData("""{ "data": [ ENTRY ], "links": {} }""")]
    [InlineData("""{ "data": [ ENTRY ] }""")]
    [InlineData("""{ "data": [ ENTRY ], "links": { "next": "/v1/history/devices/ava1.ring.device.DEMOFRONTDOOR01/events" } }""")]
    public async Task It_Ends_Where_Nothing_Follows_Nothing_Was_There_Or_It_Goes_In_A_Circle(string body)
    {
        Ring.Always(200, body.Replace("NEXT", $"{Path}?page[key]=x", StringComparison.Ordinal)
            .Replace("ENTRY", """{ "id": "a", "attributes": { "event_type": "ding", "start": 1790000300250 } }""", StringComparison.Ordinal));

        Assert.Null((await AskAsync()).Value!.Next);
    }

    [Theory]
    [InlineData("https://evil.example/v1/history/devices/ava1.ring.device.DEMOFRONTDOOR01/events?page[key]=x")]
    [InlineData("//evil.example/v1/history/devices/ava1.ring.device.DEMOFRONTDOOR01/events")]
    [InlineData("/v1/history/devices/another/events?page[key]=x")]
    [InlineData("/v1/history/devices/ava1.ring.device.DEMOFRONTDOOR01/../another/events")]
    [InlineData("/v1/history%2Fdevices/ava1.ring.device.DEMOFRONTDOOR01/events?page[key]=x")]
    [InlineData("/v1/users/me")]
    [InlineData("file:///etc/passwd")]
    [InlineData("\\\\evil.example\\events")]
    [InlineData("http://user@127.0.0.1/v1/history/devices/ava1.ring.device.DEMOFRONTDOOR01/events")]
    public async Task A_Token_Goes_Nowhere_But_To_The_Same_History(string next)
    {
        Ring.Always(200, $$"""{ "data": [ { "id": "a", "attributes": { "event_type": "ding", "start": 1790000300250 } } ], "links": { "next": {{System.Text.Json.JsonSerializer.Serialize(next)}} } }""");

        Assert.IsType<RingFailure.Unreadable>((await AskAsync()).Failure);
        Assert.IsType<RingFailure.Refused>((await AskAsync(next: next)).Failure);
        Assert.Single(Ring.Calls);
    }

    [Theory]
    [InlineData(301, typeof(RingFailure.Unreadable))]
    [InlineData(307, typeof(RingFailure.Unreadable))]
    [InlineData(400, typeof(RingFailure.Refused))]
    [InlineData(401, typeof(RingFailure.Unauthorized))]
    [InlineData(403, typeof(RingFailure.Forbidden))]
    [InlineData(404, typeof(RingFailure.NotFound))]
    [InlineData(500, typeof(RingFailure.Unavailable))]
    public async Task Failures_Are_Results_And_A_Redirect_Is_One(int status, Type failure)
    {
        Ring.Always(status, "{}", ("Location", Path));

        Assert.IsType(failure, (await AskAsync()).Failure);
        Assert.DoesNotContain(Logs.Lines, line => line.Contains(Device, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{ "data": {} }""")]
    public async Task What_Is_No_Listing_Is_Unreadable(string body)
    {
        Ring.Always(200, body);

        Assert.IsType<RingFailure.Unreadable>((await AskAsync()).Failure);
    }

    [Fact]
    public async Task An_Id_That_Climbs_Is_Not_Asked_For()
    {
        Assert.IsType<RingFailure.Refused>((await Client.GetHistoryAsync("token", new("../users/me"), RingPriority.Background, CancellationToken.None)).Failure);
        Assert.Empty(Ring.Calls);
    }

    private static string Page(params string[] items) => string.Create(CultureInfo.InvariantCulture, $$"""{ "data": [ {{string.Join(", ", items)}} ] }""");

    private Task<RingResult<RingHistoryPage>> AskAsync(string? types = null, string? next = null) =>
        Client.GetHistoryAsync("token", new RingHistoryRequest(Device, types, next), RingPriority.Interactive, CancellationToken.None);
}
