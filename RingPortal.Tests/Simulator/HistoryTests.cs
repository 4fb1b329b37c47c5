using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Tests.Simulator;

public sealed class HistoryTests : MediaTest
{
    private const string Path = $"/v1/history/devices/{FrontDoor}/events";

    [Fact]
    public async Task Everything_That_Happened_Is_Told_Newest_First_In_The_Words_Of_The_History()
    {
        var motion = Cloud.Events.Motion("mara", FrontDoor, MotionKind.Vehicle).Timestamp!.Value;
        Cloud.Events.Send("mara", RingEventTypes.DeviceOffline, FrontDoor);
        var page = await ReadAsync(Path);
        Assert.Equal([("motion", motion), ("ding", Press)], page.Entries.Select(one => ((string)one["attributes"]!["event_type"]!, (long)one["attributes"]!["start"]!)));
        Assert.Null(page.Entries[0]["attributes"]!["end"]);
        Assert.Equal(Press + 20_000, (long)page.Entries[1]["attributes"]!["end"]!);
        Assert.False((bool)page.Entries[1]["attributes"]!["is_third_party_reviewed"]!);
        Assert.Equal(("history-events", FrontDoor), ((string)page.Entries[1]["type"]!, (string)page.Entries[1]["relationships"]!["source"]!["data"]!["id"]!));
        Assert.Null(page.Next);
        Assert.Equal(1, Cloud.Calls.Count(RingOperation.History, "mara", 200));
    }

    [Theory]
    [InlineData("ding", "ding")]
    [InlineData("motion", "motion,motion,motion")]
    [InlineData("motion.human", "motion")]
    [InlineData("motion.other_motion,ding", "motion,ding")]
    [InlineData("on_demand", "")]
    public async Task Types_Filter_Plain_And_Dotted(string filter, string expected)
    {
        Cloud.Events.Motion("mara", FrontDoor, MotionKind.Human);
        Cloud.Events.Motion("mara", FrontDoor, MotionKind.Package);
        Cloud.Events.Motion("mara", FrontDoor);
        var page = await ReadAsync($"{Path}?event_types={filter}");
        Assert.Equal(expected, string.Join(',', page.Entries.Select(one => (string)one["attributes"]!["event_type"]!)));
    }

    [Fact]
    public async Task Pages_Lead_To_Each_Other_With_Their_Filter_And_Miss_Nothing()
    {
        Cloud.Settings.History = new() { PageSize = 2 };
        var sent = Enumerable.Range(0, 5).Select(_ => Cloud.Events.Motion("mara", FrontDoor).Timestamp!.Value).Reverse().ToList();
        var (seen, next) = (new List<long>(), $"{Path}?event_types=motion");
        while (next is not null)
        {
            var page = await ReadAsync(next);
            seen.AddRange(page.Entries.Select(one => (long)one["attributes"]!["start"]!));
            next = page.Next;
            Assert.True(next is null || next.StartsWith($"{Path}?event_types=motion&page[key]=", StringComparison.Ordinal), next);
        }

        Assert.Equal(sent, seen);
    }

    [Fact]
    public async Task Pages_Are_Odd_As_A_Test_Wishes()
    {
        var empty = await ReadAsync($"{Path}?event_types=on_demand");
        Assert.Empty(empty.Entries);
        Assert.Empty((await ReadAsync(empty.Next!)).Entries);
        Cloud.Settings.History = new() { AlwaysNext = true, NumericStrings = true };
        var last = await ReadAsync(Path);
        Assert.Equal(Press.ToString(System.Globalization.CultureInfo.InvariantCulture), last.Entries[0]["attributes"]!["start"]!.GetValue<string>());
        Assert.Empty((await ReadAsync(last.Next!)).Entries);
        Cloud.Settings.History = new() { RepeatNext = true };
        Assert.Equal($"{Path}?event_types=ding", (await ReadAsync($"{Path}?event_types=ding")).Next);
        Cloud.Settings.History = new() { RawNext = "//evil.example/{device}" };
        Assert.Equal($"//evil.example/{FrontDoor}", (await ReadAsync(Path)).Next);
    }

    [Fact]
    public async Task Only_What_Happened_Since_Consent_Is_Told()
    {
        Cloud.History.Add("mara", FrontDoor, "motion", Cloud.Clock.GetUtcNow().AddDays(-1), subType: "human");
        Assert.Single((await ReadAsync(Path)).Entries);
        Cloud.Settings.History = new() { ConsentedSince = Cloud.Clock.GetUtcNow().AddDays(-2) };
        Assert.Equal(2, (await ReadAsync(Path)).Entries.Count);
    }

    [Fact]
    public async Task A_Fetched_Picture_Or_Clip_Marks_Its_Event_As_Reviewed()
    {
        Cloud.Events.Motion("mara", FrontDoor);
        using var picture = await Media.FollowAsync(Media.AtAsync(Press - 1));
        Assert.Equal([false, true], await ReviewedAsync());
        Cloud.Clock.Advance(TimeSpan.FromMinutes(1));
        using var clip = await Media.ClipAsync(Media.Now - 60_000, 5_000);
        Assert.Equal([true, true], await ReviewedAsync());
    }

    [Fact]
    public async Task A_Live_Session_Is_In_The_History_And_Ends_With_It()
    {
        var session = Cloud.Sessions.Open("mara", FrontDoor);
        Assert.Null((await ReadAsync($"{Path}?event_types=on_demand")).Entries[0]["attributes"]!["end"]);
        Cloud.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(Cloud.Sessions.Opened);
        var entry = (await ReadAsync($"{Path}?event_types=on_demand")).Entries[0]["attributes"]!;
        Assert.Equal((session.OpenedAt.ToUnixTimeMilliseconds(), session.EndsAt.ToUnixTimeMilliseconds()), ((long)entry["start"]!, (long)entry["end"]!));
    }

    [Fact]
    public async Task Wrong_Questions_And_Strangers_Are_Refused()
    {
        foreach (var (query, status) in new[] { ("?event_types=button_press", 400), ("?event_types=motion.ghost", 400), ("?page[key]=x", 400), ("?cursor=1", 400) })
        {
            using var wrong = await Media.SendAsync(HttpMethod.Get, Path + query);
            await PartnerCalls.AssertErrorAsync(wrong, status, "Bad Request");
        }

        using var foreign = await Media.SendAsync(HttpMethod.Get, "/v1/history/devices/ava1.ring.device.DEMOPORCH05/events");
        await PartnerCalls.AssertErrorAsync(foreign, 404, "Not Found");
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.PermissionRevoked);
        using var revoked = await Media.SendAsync(HttpMethod.Get, Path);
        await PartnerCalls.AssertErrorAsync(revoked, 403, "Forbidden");
        Cloud.Faults.Add(Fault.TooMany(RingOperation.History, 3));
        using var busy = await Media.SendAsync(HttpMethod.Get, Path);
        await PartnerCalls.AssertErrorAsync(busy, 429, "Planned fault");
        Assert.Equal(4, Cloud.Calls.Loud().Count);
    }

    [Fact]
    public async Task A_Proof_Adds_What_No_Webhook_Told()
    {
        var sent = Cloud.Deliveries.Find(new()).Count;
        using var added = await Partner.Http.PostAsJsonAsync($"/control/accounts/mara/devices/{FrontDoor}/history", new object[]
        {
            new { eventType = "motion", subType = "animal", offsetMilliseconds = -60_000 },
            new { eventType = "ding", start = Press + 40_000, lengthMilliseconds = 1_000, recorded = false },
        });
        Assert.Equal("animal", (string?)(await PartnerCalls.JsonAsync(added))[0]!["subType"]);
        Assert.Equal(["motion", "ding", "ding"], (await ReadAsync(Path)).Entries.Select(one => (string)one["attributes"]!["event_type"]!));
        Assert.Equal(sent, Cloud.Deliveries.Find(new()).Count);
        using var none = await Media.FollowAsync(Media.AtAsync(Press + 40_000));
        await MediaCalls.AssertErrorAsync(none, 416, "MEDIA_NOT_FOUND");
        using var wrong = await Partner.Http.PostAsJsonAsync($"/control/accounts/mara/devices/{FrontDoor}/history", new[] { new { eventType = "button_press" } });
        Assert.Equal(400, (int)wrong.StatusCode);
        using var changed = await Partner.Http.PatchAsJsonAsync("/control/history", new { pageSize = 3, numericStrings = true });
        Assert.Equal((3, true), (Cloud.Settings.History.PageSize, Cloud.Settings.History.NumericStrings));
        using var reset = await Partner.Http.DeleteAsync("/control/history");
        Assert.Equal(new HistorySettings(), Cloud.Settings.History);
    }

    [Fact]
    public async Task The_History_Survives_A_Restart()
    {
        var folder = Directory.CreateTempSubdirectory("ring-history-");
        try
        {
            var options = RingCloudOptions.ForTests();
            options.DataPath = folder.FullName;
            HistoryEntry first;
            await using (var cloud = await RingCloud.StartAsync(options))
            {
                cloud.Events.Press("mara", FrontDoor);
                first = cloud.History.Add("mara", FrontDoor, "motion", subType: "human");
                cloud.Sessions.Open("mara", FrontDoor);
                cloud.Clock.Advance(TimeSpan.FromMinutes(2));
                Assert.Empty(cloud.Sessions.Opened);
            }

            await File.AppendAllTextAsync(System.IO.Path.Combine(folder.FullName, "history.jsonl"), "{\"Id\":\"cut o");
            await using var again = await RingCloud.StartAsync(options);
            var kept = again.History.Of("mara", FrontDoor);
            Assert.Equal(3, kept.Count);
            Assert.Contains(first, kept);
            Assert.All(kept, entry => Assert.NotNull(entry.End));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<(IReadOnlyList<JsonNode> Entries, string? Next)> ReadAsync(string path)
    {
        using var answer = await Media.SendAsync(HttpMethod.Get, path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var json = await PartnerCalls.JsonAsync(answer);
        return ([.. json["data"]!.AsArray().Select(one => one!)], (string?)json["links"]!["next"]);
    }

    private async Task<IEnumerable<bool>> ReviewedAsync() => (await ReadAsync(Path)).Entries.Select(one => (bool)one["attributes"]!["is_third_party_reviewed"]!);
}
