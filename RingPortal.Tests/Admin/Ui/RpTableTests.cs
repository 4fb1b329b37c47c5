using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Tests.Admin.Ui;

public sealed class RpTableTests : AdminUiContext
{
    private static readonly Camera[] s_cameras = [new(1, "Front Door", 4), new(2, "Garage", 0)];

    [Fact]
    public void A_Table_Has_A_Caption_Headings_And_Names_Each_Row_By_Its_First_Cell()
    {
        var table = RenderTable(s_cameras);

        Assert.Equal("Cameras", table.Find("caption").TextContent);
        Assert.Equal(["Name", "Events"], table.FindAll("thead th").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["Front Door", "Garage"], table.FindAll("tbody th[scope=row]").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("/devices/1", table.Find("tbody a[data-open]").GetAttribute("href"));
        Assert.Contains("rp-cell-number", table.Find("tbody td").ClassName!, StringComparison.Ordinal);
        Assert.Equal("Events", table.Find("tbody td").GetAttribute("data-title"));
    }

    [Fact]
    public void Columns_Stay_When_The_Rows_Change()
    {
        var table = RenderTable(s_cameras);

        table.Render(parameters => parameters.Add(p => p.Rows, [new Camera(3, "Porch", 9)]));
        table.Render(parameters => parameters.Add(p => p.Rows, [new Camera(3, "Porch", 9)]));

        Assert.Equal(2, table.FindAll("thead th").Count);
        Assert.Equal(["Porch", "9"], table.FindAll("tbody th, tbody td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task Rows_Are_Ticked_One_By_One_Or_All_Of_The_Page()
    {
        var selected = new HashSet<object>();
        var table = RenderTable(s_cameras, selected);
        Assert.Equal("Select Garage", table.FindAll("tbody input")[1].GetAttribute("aria-label"));

        await table.FindAll("tbody input")[1].ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.Equal([2], selected);

        await table.Find("thead input").ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.Equal(2, selected.Count);

        await table.Find("thead input").ChangeAsync(new ChangeEventArgs { Value = false });
        Assert.Empty(selected);
    }

    [Fact]
    public void Without_Rows_There_Is_A_Sentence_And_No_Table()
    {
        var table = RenderTable([]);

        Assert.Empty(table.FindAll("table"));
        Assert.Equal("Nothing here", table.Find("p").TextContent);
    }

    private IRenderedComponent<RpTable<Camera>> RenderTable(IReadOnlyList<Camera> cameras, ISet<object>? selected = null) => Render<RpTable<Camera>>(parameters => parameters
        .Add(p => p.Caption, "Cameras")
        .Add(p => p.Rows, cameras)
        .Add(p => p.Key, camera => camera.Id)
        .Add(p => p.Name, camera => camera.Name)
        .Add(p => p.Href, camera => $"/devices/{camera.Id}")
        .Add(p => p.Selected, selected)
        .Add(p => p.Empty, "<p>Nothing here</p>")
        .AddChildContent<RpColumn<Camera>>(column => column.Add(p => p.Title, "Name").Add(p => p.Phone, PhonePlace.First).Add(p => p.ChildContent, camera => camera.Name))
        .AddChildContent<RpColumn<Camera>>(column => column.Add(p => p.Title, "Events").Add(p => p.Numeric, true).Add(p => p.Phone, PhonePlace.Second).Add(p => p.ChildContent, camera => $"{camera.Events}")));

    internal sealed record Camera(int Id, string Name, int Events);
}
