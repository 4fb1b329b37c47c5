using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>What every page is looked at for: a picture for people, no sideways scroll at any width, nothing that the page's policy refused or axe finds.</summary>
internal static class Looking
{
    private static readonly int[] s_widths = [320, 390, 768, 1024, 1440];

    public static async Task LookAsync(this IPage page, string name)
    {
        await Screens.ShootAsync(page, name);
        await NarrowAsync(page, name);
        Assert.Empty(await page.EvaluateAsync<string[]>("refused.splice(0)"));
        var result = await page.RunAxe();
        // What axe itself was refused is no fault of the page.
        await page.EvaluateAsync("refused.splice(0)");
        Assert.True(result.Violations.Length == 0, $"{name}: {string.Join("; ", result.Violations.Select(fault => $"{fault.Id} {fault.Nodes[0].Html}"))}");
    }

    /// <summary>The same content at all widths, without sideways scroll; the width is put back.</summary>
    public static async Task StretchAsync(this IPage page, string name)
    {
        var size = page.ViewportSize!;
        foreach (var width in s_widths)
        {
            await page.SetViewportSizeAsync(width, size.Height);
            await NarrowAsync(page, $"{name} at {width}");
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Until the page is alive: Blazor notes at an element that somebody listens to it. Before that, Back is lost on it.</summary>
    public static Task AliveAsync(this IPage page, string selector) => page.WaitForFunctionAsync(
        "selector => Object.keys(document.querySelector(selector) ?? {}).some(key => key.startsWith('_blazorEvents'))", selector);

    private static async Task NarrowAsync(IPage page, string name) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{name} scrolls sideways.");
}
