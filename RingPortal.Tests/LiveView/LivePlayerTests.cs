using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Look;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Devices.Pages;
using RingPortal.Web.Features.LiveView.Pages;
using static RingPortal.Tests.Devices.CameraViews;

namespace RingPortal.Tests.LiveView;

/// <summary>What the player says in each of its states (look 4.7), and where it can be started.</summary>
public sealed class LivePlayerTests : LookContext
{
    private const string FilledAct = ".rp-btn-filled";

    public static TheoryData<string, string, string?> States { get; } = new()
    {
        { "ready", "Watch live", "start" },
        { "connecting", "Connecting to Front Door", "stop" },
        { "again", "One moment", "stop" },
        { "live", "Live", "keep" },
        { "ending", "Keep watching", "keep" },
        { "ended", "Live view endedRing ends each live view after 30 or 60 seconds.", "start" },
        { "fail", "No picture from Front DoorIt may be busy or out of Wi‑Fi range. Try again in a minute.", "start" },
        { "network", "Your network blocks live videoTry mobile data or another network.", "start" },
        { "protected", "Video is protected by your Ring encryption setting", null },
        { "busy", "Front Door is being watched on another screen. Try again when that ends.", "take" },
        { "third", "Front Door stopped. Two live views can run at once.", "start" },
        { "unreached", "Check its power and Wi‑Fi in the Ring app. Live view comes back by itself.", "start" },
        { "plan", "No active plan for this camera", null },
        { "relink", "Ring needs you to connect again", null },
        { "lost", "", "stop" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Each_State_Has_Its_Words_And_Its_Act(string state, string words, string? act)
    {
        var parts = Show(Online).FindAll("[data-when]").Where(part => part.GetAttribute("data-when")!.Split(' ').Contains(state)).ToList();

        Assert.Contains(words, string.Join(' ', parts.SelectMany(part => part.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), StringComparison.Ordinal);
        var acts = parts.SelectMany(part => part.QuerySelectorAll("[data-live-act]").Append(part)).Select(part => part.GetAttribute("data-live-act")).OfType<string>().ToList();
        if (act is null)
        {
            Assert.Empty(acts);
        }
        else
        {
            Assert.Contains(act, acts);
        }

        var style = File.ReadAllText(Path.Combine(Infrastructure.Repository.Root, "RingPortal.Web", "wwwroot", "site.css"));
        Assert.Contains(state is "ready" ? "[data-base=ready] [data-when]" : $"[data-state={state}] [data-when]", style, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, false, "ready")]
    [InlineData(false, false, false, "offline")]
    [InlineData(null, false, false, "unknown")]
    [InlineData(true, true, false, "relink")]
    [InlineData(false, true, true, "plan")]
    public void What_Is_Known_Of_The_Camera_Decides_How_It_Begins(bool? online, bool needsPerson, bool needsPlan, string begins)
    {
        var status = online is null ? Unknown : online.Value ? Online : Offline;

        var player = Render<LivePlayer>(parameters => parameters.Add(one => one.Camera, Guid.NewGuid()).Add(one => one.Name, "Front Door").Add(one => one.Status, status)
            .Add(one => one.NeedsPerson, needsPerson).Add(one => one.NeedsPlan, needsPlan)).Find("[data-live]");

        Assert.Equal(begins, player.GetAttribute("data-base"));
        Assert.Null(player.GetAttribute("data-state"));
    }

    [Fact]
    public void An_Offline_Camera_Says_Since_When_And_Offers_No_Button()
    {
        var parts = Show(Offline).FindAll("[data-when]").Where(part => part.GetAttribute("data-when")!.Split(' ').Contains("offline")).ToList();

        Assert.Contains("Offline since 12:20", Assert.Single(parts).TextContent, StringComparison.Ordinal);
        Assert.Empty(parts[0].QuerySelectorAll("button"));
    }

    [Fact]
    public void Nothing_Lies_Over_The_Top_Of_The_Picture_And_Sound_Starts_Off()
    {
        var picture = Show(Online).Find(".rp-live-picture");

        Assert.NotNull(picture.QuerySelector("video[muted][playsinline][autoplay]"));
        Assert.Equal(["BUTTON"], picture.Children.Where(part => part.HasAttribute("data-live-act")).Select(part => part.TagName));
        Assert.Equal("Live view of Front Door", picture.QuerySelector("video")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void One_Filled_Button_At_A_Time()
    {
        var filled = Show(Online).FindAll(FilledAct).Select(button => (button.Closest("[data-when]") ?? button).GetAttribute("data-when")).ToList();

        Assert.Equal(filled.Distinct(), filled);
    }

    [Fact]
    public void A_Card_Of_A_Camera_That_Is_Online_Starts_It_By_The_Tap()
    {
        var (online, offline, unplanned) = (Card("Front Door"), Card("Garage", Offline), Card("Shed") with { NeedsPlan = true });

        var cards = Render<CameraCards>(parameters => parameters.Add(list => list.Cameras, [online, offline, unplanned])).FindAll("article");

        Assert.Equal([$"{online.Id}", null, null], cards.Select(card => card.QuerySelector("h2 a")!.GetAttribute("data-live-go")));
        Assert.Equal([true, false, false], cards.Select(card => card.QuerySelector(".rp-disc") is not null));
        Assert.All(cards, card => Assert.DoesNotContain("live", card.QuerySelector("h2 a")!.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, CameraTab.Live)]
    [InlineData("live", CameraTab.Live)]
    [InlineData("events", CameraTab.Events)]
    [InlineData("pictures", CameraTab.Pictures)]
    [InlineData("schedule", CameraTab.Schedule)]
    [InlineData("details", CameraTab.Details)]
    [InlineData("Details", CameraTab.Live)]
    [InlineData("../x", CameraTab.Live)]
    public void Sections_Have_Addresses_And_The_Current_One_Is_Marked(string? name, CameraTab expected)
    {
        var camera = Guid.NewGuid();

        var sections = Render<CameraSections>(parameters => parameters.Add(nav => nav.Camera, camera).Add(nav => nav.Current, CameraTabs.Read(name))).FindAll("a");

        Assert.Equal(["live", "events", "pictures", "schedule", "details"], sections.Select(link => link.GetAttribute("href")!.Split("?tab=")[1]));
        Assert.Equal(expected, CameraTabs.All[sections.ToList().FindIndex(link => link.GetAttribute("aria-current") == "page")]);
    }

    private IRenderedComponent<LivePlayer> Show(CameraStatus status) =>
        Render<LivePlayer>(parameters => parameters.Add(player => player.Camera, Guid.NewGuid()).Add(player => player.Name, "Front Door").Add(player => player.Status, status));
}
