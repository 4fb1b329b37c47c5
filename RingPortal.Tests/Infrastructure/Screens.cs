using Microsoft.Playwright;

namespace RingPortal.Tests.Infrastructure;

/// <summary>Pictures of pages for people to look at, in <c>artifacts/screens</c>.</summary>
public static class Screens
{
    public static async Task<string> ShootAsync(IPage page, string name)
    {
        var path = Path.Combine(Repository.Root, "artifacts", "screens", $"{name}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // What was clicked last may have scrolled; bars that stick would then be amid the picture.
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        return path;
    }
}
