using Bunit;
using RingPortal.Tests.Look;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Events.Pages;

namespace RingPortal.Tests.Events;

public sealed class FilterSheetTests : LookContext
{
    [Fact]
    public async Task Of_Two_Choices_In_A_Row_The_Newer_Ones_Number_Stays_However_They_Are_Counted()
    {
        var counting = new Dictionary<int, TaskCompletionSource<int>> { [1] = new(), [2] = new() };
        var sheet = Render<FilterSheet>(parameters => parameters
            .Add(shown => shown.Cameras, [])
            .Add(shown => shown.Filter, TimelineFilter.All)
            .Add(shown => shown.Count, filter => counting.TryGetValue(filter.Kinds.Count, out var count) ? count.Task : Task.FromResult(7)));
        await sheet.Find(".rp-filter-button").ClickAsync(new());
        Assert.Equal("Show 7 events", Words(sheet));

        var first = sheet.FindAll("input[type=checkbox]")[0].ChangeAsync(new() { Value = true });
        var second = sheet.FindAll("input[type=checkbox]")[1].ChangeAsync(new() { Value = true });
        counting[2].SetResult(3);
        await second;
        counting[1].SetResult(5);
        await first;

        Assert.Equal("Show 3 events", Words(sheet));
    }

    private static string Words(IRenderedComponent<FilterSheet> sheet) => sheet.Find(".rp-sheet-foot .rp-btn-filled").TextContent.Trim();
}
