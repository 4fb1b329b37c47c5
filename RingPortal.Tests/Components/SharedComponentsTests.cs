using Bunit;
using RingPortal.Tests.Look;
using RingPortal.Web.Components;

namespace RingPortal.Tests.Components;

public sealed class SharedComponentsTests : LookContext
{
    [Fact]
    public void The_Stepper_Marks_Where_The_Reader_Is_And_Names_What_Is_Done()
    {
        var stepper = Render<RpStepper>(parameters => parameters
            .Add(p => p.Steps, ["Sign in", "Check", "Done"]).Add(p => p.Current, 1));

        var steps = stepper.FindAll("ol > li");
        Assert.Equal([null, "step", null], steps.Select(step => step.GetAttribute("aria-current")));
        Assert.Equal("Done", steps[0].QuerySelector("svg")!.GetAttribute("aria-label"));
        Assert.Equal("2", steps[1].QuerySelector(".rp-step-number")!.TextContent);
    }

    [Theory]
    [InlineData(StatusKind.Success)]
    [InlineData(StatusKind.Warning)]
    [InlineData(StatusKind.Error)]
    [InlineData(StatusKind.Info)]
    [InlineData(StatusKind.Neutral)]
    public void A_State_Is_Always_Icon_And_Word(StatusKind kind)
    {
        var pill = Render<RpStatusPill>(parameters => parameters.Add(p => p.Kind, kind).Add(p => p.Text, "Online"));

        Assert.Equal("true", pill.Find("svg").GetAttribute("aria-hidden"));
        Assert.NotEmpty(pill.FindAll("svg path"));
        Assert.Equal("Online", pill.Find("span").TextContent.Trim());
    }

    [Fact]
    public void The_Summary_Leads_To_The_Fields_And_Takes_The_Focus()
    {
        var summary = Render<RpErrorSummary>(parameters => parameters
            .Add(p => p.Errors, [new FieldError("Email", "Write your e-mail."), new FieldError("", "Try again later.")]));

        Assert.Equal("#Email", summary.Find("a").GetAttribute("href"));
        Assert.True(summary.Find("[role=alert]").HasAttribute("autofocus"));
        Assert.Equal(2, summary.FindAll("li").Count);
    }

    [Fact]
    public void Without_Errors_There_Is_No_Summary() =>
        Assert.Empty(Render<RpErrorSummary>().Markup.Trim());

    [Fact]
    public void A_Panel_Speaks_Up_Only_When_Told_To()
    {
        var quiet = Render<RpPanel>(parameters => parameters.Add(p => p.Title, "Note").AddChildContent("<p>Text</p>"));
        var loud = Render<RpPanel>(parameters => parameters.Add(p => p.Alert, true).Add(p => p.Kind, StatusKind.Error));

        Assert.Null(quiet.Find(".rp-panel").GetAttribute("role"));
        Assert.Equal("alert", loud.Find(".rp-panel-error").GetAttribute("role"));
    }

    [Fact]
    public void An_Icon_Is_Silent_Unless_It_Has_A_Label()
    {
        var silent = Render<RpIcon>(parameters => parameters.Add(p => p.Name, "Videocam"));
        var named = Render<RpIcon>(parameters => parameters.Add(p => p.Name, "Videocam").Add(p => p.Label, "Camera").Add(p => p.Size, 48));

        Assert.Equal("true", silent.Find("svg").GetAttribute("aria-hidden"));
        Assert.Equal(("img", "Camera", "48"), (named.Find("svg").GetAttribute("role"), named.Find("svg").GetAttribute("aria-label"), named.Find("svg").GetAttribute("width")));
    }

    [Fact]
    public void An_Icon_That_Does_Not_Exist_Is_Noticed() =>
        Assert.Throws<ArgumentException>(() => Render<RpIcon>(parameters => parameters.Add(p => p.Name, "Toaster")));

    [Fact]
    public void Nothing_To_Show_Says_What_To_Do()
    {
        var empty = Render<RpEmpty>(parameters => parameters
            .Add(p => p.Icon, "Videocam").Add(p => p.Title, Texts["dev.none.title"]).Add(p => p.Text, Texts["dev.none.body"])
            .AddChildContent("<a href='/help#connect'>Show me how</a>"));

        Assert.Equal("No cameras yet", empty.Find("h2").TextContent);
        Assert.Equal("/help#connect", empty.Find("a").GetAttribute("href"));
    }
}
