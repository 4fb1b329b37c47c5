using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>What every page is looked at for: a picture for people, no sideways scroll at any width, nothing that the page's policy refused or axe finds.</summary>
internal static class Looking
{
    /// <summary>All rules; of each only what breaks it, with the element. Nothing is fetched: the pages' policy would refuse it.</summary>
    private const string Audit = """
        async () => (await axe.run(document, { resultTypes: ['violations'], preload: false })).violations.map(fault => `${fault.id} ${fault.nodes[0].html}`)
        """;

    private static readonly string s_axe = ReadAxe();
    private static readonly int[] s_widths = [320, 390, 768, 1024, 1440];

    public static async Task LookAsync(this IPage page, string name)
    {
        await Screens.ShootAsync(page, name);
        await NarrowAsync(page, name);
        Assert.Empty(await page.EvaluateAsync<string[]>("refused.splice(0)"));
        // Once a document; a policy does not bind what the browser is told to run from outside.
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'"))
        {
            await page.EvaluateAsync(s_axe);
        }

        var faults = await page.EvaluateAsync<string[]>(Audit);
        // What axe itself was refused is no fault of the page.
        await page.EvaluateAsync("refused.splice(0)");
        AxeRecord.Note(name, faults.Select(fault => fault.Split(' ', 2)[0]));
        Assert.True(faults.Length == 0, $"{name}: {string.Join("; ", faults)}");
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

    /// <summary>Until the page is alive: the circuit draws in the place of what the document brought. Before that nobody listens to what is pressed.</summary>
    public static Task AliveAsync(this IPage page) => page.WaitForFunctionAsync("() => window.drawnFirst && !drawnFirst.isConnected");

    private static async Task NarrowAsync(IPage page, string name) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{name} scrolls sideways.");

    private static string ReadAxe()
    {
        var assembly = typeof(AxeResult).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return reader.ReadToEnd();
    }
}
