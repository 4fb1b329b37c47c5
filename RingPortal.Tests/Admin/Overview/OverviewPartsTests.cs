using AngleSharp.Dom;
using Bunit;
using RingPortal.Data.Admin;
using RingPortal.Tests.Admin.Ui;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Health;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Features.Admin.Overview;

namespace RingPortal.Tests.Admin.Overview;

public sealed class OverviewPartsTests : AdminUiContext
{
    [Fact]
    public void An_Alarm_Says_What_Since_When_Why_And_What_Can_Be_Done()
    {
        var card = Render<AlarmCard>(parameters => parameters.Add(p => p.Alarm, Alarm()).Add(p => p.MayAct, true).Add(p => p.IsFirst, true));

        Assert.Equal("3 events wait, the oldest for 11 min", card.Find("h3").TextContent);
        Assert.Contains("since 14:09:11", card.Find(".rp-alarm-head").TextContent, StringComparison.Ordinal);
        Assert.Equal("Critical", card.Find(".rp-pill").TextContent.Trim());
        Assert.Contains("Check workers", card.Find("p").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Open", "I am on it", "Mute for 1 hour"], card.FindAll(".rp-actions > *").Select(act => act.TextContent));
        Assert.Single(card.FindAll(".rp-btn-filled"));
    }

    [Fact]
    public void Support_Sees_An_Alarm_And_Who_Is_On_It_Without_Acts()
    {
        var card = Render<AlarmCard>(parameters => parameters.Add(p => p.Alarm, Alarm() with { Taker = "operator@example.org", TakenAt = Clock.GetUtcNow(), MutedUntil = Clock.GetUtcNow().AddHours(1) }));

        Assert.Empty(card.FindAll("button"));
        Assert.Contains("operator@example.org is on it since 14:20:11", card.Markup.StripTags(), StringComparison.Ordinal);
        Assert.Contains("Muted until 15:20:11", card.Markup.StripTags(), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_Say_How_Much_And_What_Waits()
    {
        var tiles = Render<OverviewTiles>(parameters => parameters
            .Add(p => p.Now, new OverviewNow([], null, 10_001, Clock.GetUtcNow().AddSeconds(-90), 2, 6)).Add(p => p.Flow, Flow()));

        Assert.Equal(["4", "3", "120", "10,000+", "2", "6"], tiles.FindAll(".rp-figure-value").Select(value => value.TextContent.Trim()));
        Assert.Equal(["p99 4 ms", "oldest 1 min"], tiles.FindAll(".rp-figure-note").Select(note => note.TextContent));
        Assert.Single(tiles.FindAll(".rp-panel-error"));
    }

    [Fact]
    public void Pictures_Say_Their_Finding_In_Words()
    {
        var charts = Render<OverviewCharts>(parameters => parameters.Add(p => p.Flow, Flow()));

        Assert.Equal(
            ["3 of 4 installs connected", "9 calls were refused", "Half within 3 ms, 99 in 100 within 4 ms", "0 events from Ring", "12 calls, 2 not answered well", "No renewals"],
            charts.FindAll("figcaption").Select(caption => caption.TextContent));
        Assert.Equal(["webhook: invalid_signature", "link: refused"], charts.FindAll(".rp-bar-name").Select(name => name.TextContent));
        Assert.DoesNotContain("style=", charts.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void All_Good_Is_One_Line_And_What_Fails_Stands_First()
    {
        HealthPart[] fine = [new("database", StatusKind.Success, null, "2 ms"), new("api", StatusKind.Neutral, null, null)];
        Assert.Equal("All parts work.", Render<HealthParts>(parameters => parameters.Add(p => p.Parts, fine)).Find(".rp-panel p").TextContent);

        var failing = Render<HealthParts>(parameters => parameters.Add(p => p.Parts, [.. fine, new HealthPart("mail", StatusKind.Error, Clock.GetUtcNow(), "40 waiting")]));
        Assert.Empty(failing.FindAll("details"));
        Assert.Equal("E-mail", failing.Find("tbody th").TextContent.Trim());
        Assert.Equal("Fails", failing.Find(".rp-pill").TextContent.Trim());
    }

    [Fact]
    public void The_History_Of_An_Alarm_Names_Who_Did_What()
    {
        var detail = new AlarmDetail(
            Alarm() with { ResolvedAt = Clock.GetUtcNow() },
            [new(Clock.GetUtcNow().AddMinutes(-5), "raised", null, "3 events wait"), new(Clock.GetUtcNow().AddMinutes(-4), "taken", "operator@example.org", null), new(Clock.GetUtcNow(), "resolved", null, "All done.")]);

        var history = Render<AlarmHistory>(parameters => parameters.Add(p => p.Detail, detail).Add(p => p.MayAct, true));

        Assert.Equal(["Fired", "Taken by operator@example.org", "Resolved by itself: All done."], history.FindAll("ol > li > span").Select(line => line.TextContent));
        Assert.Empty(history.FindAll("button"));
        Assert.Contains("webhook.backlog", history.Find("dl").TextContent, StringComparison.Ordinal);
    }

    private AlarmView Alarm() => new(
        Guid.CreateVersion7(), "webhook.backlog", AlarmLevel.Critical, AlarmWords.Of("3 events wait, the oldest for 11 min. Pages show old states. Check workers and the database."),
        Clock.GetUtcNow().AddMinutes(-11), Clock.GetUtcNow(), 3, null, null, null, null);

    private OverviewFlow Flow()
    {
        var answers = new long[FigureBuckets.Count];
        answers[FigureBuckets.IndexOf(3.5)] = 120;
        return new OverviewFlow(
            [Clock.GetUtcNow().AddMinutes(-2), Clock.GetUtcNow()],
            new Dictionary<(string, string), long[]>
            {
                [(FigureNames.Codes, "accepted")] = [1, 3],
                [(FigureNames.Links, "linked")] = [1, 2],
                [(FigureNames.Links, "refused")] = [0, 1],
                [(FigureNames.Webhooks, "accepted")] = [100, 20],
                [(FigureNames.Webhooks, "invalid_signature")] = [8, 0],
                [(FigureNames.RingRequests, "200")] = [5, 5],
                [(FigureNames.RingRequests, "429")] = [1, 0],
                [(FigureNames.RingRequests, "unreachable")] = [0, 1],
            },
            [answers, null]);
    }
}

file static class Markup
{
    public static string StripTags(this string markup) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(markup).Body!.Text();
}
