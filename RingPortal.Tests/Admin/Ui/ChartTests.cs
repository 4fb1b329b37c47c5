using Bunit;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Tests.Admin.Ui;

public sealed class ChartTests : AdminUiContext
{
    [Fact]
    public void A_Chart_Says_Its_Finding_And_Holds_The_Same_Figures_As_A_Table()
    {
        var chart = Render<RpChart>(parameters => parameters
            .Add(p => p.Title, "Installs and connections").Add(p => p.Caption, "3 of 4 installs connected")
            .Add(p => p.Steps, ["13:00", "13:30", "14:00"])
            .Add(p => p.Series, [new("Installs", [1, null, 3]), new("Connected", [0, 1, 2])]));

        Assert.Equal("3 of 4 installs connected", chart.Find("figcaption").TextContent);
        Assert.Equal("true", chart.Find(".rp-chart-box").GetAttribute("aria-hidden"));
        Assert.Equal(["13:00", "1", "0", "13:30", "-", "1", "14:00", "3", "2"], chart.FindAll("tbody th, tbody td").Select(cell => cell.TextContent));
        Assert.Equal(2, chart.FindAll(".rp-chart-plot path").Count);
        Assert.Contains(">Connected</text>", chart.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Chart_Without_Values_Says_So()
    {
        var chart = Render<RpChart>(parameters => parameters
            .Add(p => p.Title, "Refreshes").Add(p => p.Caption, "No refreshes").Add(p => p.Steps, ["13:00"]).Add(p => p.Series, [new("Refreshes", [null])]));

        Assert.Empty(chart.FindAll("svg"));
        Assert.Equal(Texts["admin.chart.empty"], chart.Find("p").TextContent);
    }

    [Fact]
    public void Names_At_The_Ends_Of_Lines_Never_Lie_On_Each_Other()
    {
        var ends = new ChartPlot([new("a", [5]), new("b", [5]), new("c", [0]), new("d", [0])]).Ends().Select(end => end!.Value).Order().ToList();

        Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 16.9, $"{pair.First} and {pair.Second}"));
        Assert.All(ends, end => Assert.InRange(end, 8, ChartPlot.Height));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    [InlineData(17, 20)]
    [InlineData(4100, 5000)]
    [InlineData(100_000, 100_000)]
    public void The_Scale_Ends_At_A_Round_Number(double most, double top) => Assert.Equal(top, ChartPlot.NiceTop(most));

    [Theory]
    [InlineData(41, "41 ms")]
    [InlineData(1_200, "1.2 s")]
    [InlineData(59_990, "1 min")]
    [InlineData(7_500_000, "2 h 5 min")]
    [InlineData(400_000_000, "4 d")]
    public void Times_Are_Written_The_Way_Operators_Read_Them(double milliseconds, string expected) =>
        Assert.Equal(expected, Figures.Time(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Counts_And_Sizes_Have_Their_Marks()
    {
        Assert.Equal("10,000+", Figures.Count(10_000, more: true));
        Assert.Equal("3.4 MB", Figures.Size(3_400_000));
    }
}
