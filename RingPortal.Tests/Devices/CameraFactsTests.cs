using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Look;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Devices.Pages;
using RingPortal.Web.Ring;
using static RingPortal.Tests.Devices.CameraViews;

namespace RingPortal.Tests.Devices;

public sealed class CameraFactsTests : LookContext
{
    public CameraFactsTests() => Services.AddSingleton<CameraWords>();

    [Fact]
    public void Capabilities_Are_Told_In_Words()
    {
        var facts = Show(Details(Best, Settings(RingSwitch.On, 2)));

        Assert.Equal("4K, colour night vision, infrared night vision, HDR, zoom that follows motion, 2 motion zones", Fact(facts, "What it can do"));
        Assert.Equal("16:9", Fact(facts, "Picture shape"));
        Assert.Equal("CA, United States", Fact(facts, "Region"));
        Assert.Equal("23 Nov 2026, 14:20:11, UTC", Fact(facts, "Last news from Ring"));
    }

    [Fact]
    public void Settings_Are_Facts_And_Never_Controls()
    {
        var facts = Show(Details(Best, Settings(RingSwitch.On, 1)));

        Assert.Equal("On", Fact(facts, "Motion detection"));
        Assert.Equal("1", Fact(facts, "Motion zones"));
        Assert.Equal("On", Fact(facts, "Colour night vision"));
        Assert.Equal("Off", Fact(facts, "HDR"));
        Assert.Equal("Ring has not told us", Fact(facts, "Infrared night vision"));
        Assert.Contains(Texts["dev.readonly"], facts.Markup, StringComparison.Ordinal);
        Assert.Empty(facts.FindAll("button, input, select, form, a"));
        Assert.DoesNotContain("rivacy", facts.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RingSwitch.Off, 1, "dev.motionoff")]
    [InlineData(RingSwitch.On, 0, "dev.nozone")]
    [InlineData(RingSwitch.On, 1, null)]
    [InlineData(RingSwitch.Unknown, 0, null)]
    public void Why_No_Motion_Can_Come_Is_Said(RingSwitch motion, int zones, string? key)
    {
        var panels = Show(Details(Best, Settings(motion, zones))).FindAll(".rp-panel p").Select(panel => panel.TextContent);

        Assert.Equal(key is null ? [] : [Texts[key]], panels);
    }

    [Fact]
    public void What_Ring_Left_Out_Is_Not_Known_And_Not_None()
    {
        var facts = Show(Details(null, null) with { Country = null, Region = null });

        Assert.Equal("Ring has not told us", Fact(facts, "What it can do"));
        Assert.Equal("Ring has not told us", Fact(facts, "Motion detection"));
        Assert.Equal("Ring has not told us", Fact(facts, "Motion zones"));
        Assert.Equal("Ring has not told us", Fact(facts, "Region"));
        Assert.Empty(facts.FindAll(".rp-panel"));
    }

    [Fact]
    public void Where_A_Plan_Is_Needed_It_Is_Told_Until_When_And_Where_To_Change_It()
    {
        var camera = Details(Best, Settings(RingSwitch.On, 1));

        Assert.DoesNotContain("Plan", Show(camera).FindAll("dt").Select(term => term.TextContent));
        Assert.Equal("Trial until 7 Dec 2026. Manage it in the Ring app under My Apps.", Fact(Show(camera with { Plan = new(true, true, Now.AddDays(14)) }), "Plan"));
        Assert.Equal("Active. Manage it in the Ring app under My Apps.", Fact(Show(camera with { Plan = new(true, false, Now.AddDays(14)) }), "Plan"));
        Assert.Equal("No active plan for this camera", Fact(Show(camera with { Plan = new(false) }), "Plan"));
    }

    [Theory]
    [InlineData("US", null, "United States")]
    [InlineData("CA", "BC", "BC, Canada")]
    [InlineData("zz-unknown", null, "zz-unknown")]
    [InlineData(null, "Ontario", "Ontario")]
    public void A_Region_Is_Told_As_Far_As_It_Is_Known(string? country, string? state, string expected) =>
        Assert.Equal(expected, CameraWords.Region(country, state));

    private static string Fact(IRenderedComponent<CameraFacts> facts, string name) =>
        facts.FindAll("dt").Single(term => term.TextContent == name).NextElementSibling!.TextContent.Trim();

    private IRenderedComponent<CameraFacts> Show(CameraDetails camera) => Render<CameraFacts>(parameters => parameters.Add(page => page.Camera, camera));
}
