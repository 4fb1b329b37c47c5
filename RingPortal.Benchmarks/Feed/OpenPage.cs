using System.Globalization;
using Microsoft.Playwright;

namespace RingPortal.Benchmarks.Feed;

/// <summary>The page with the cameras, which notes when each card first shows what.</summary>
internal sealed class OpenPage(IPage page)
{
    public const string Path = "/devices";

    /// <summary>
    /// Notes, in the frame that follows a change, what every card shows: camera and second of its last event, with the clock
    /// of the machine (ms), which is the sender's clock too.
    /// </summary>
    public const string Watch =
        """
        window.shown = {};
        let asked = false;
        const look = () => {
          asked = false;
          const now = Date.now();
          for (const card of document.querySelectorAll("article.rp-camera")) {
            const time = card.querySelector(".rp-camera-latest time");
            if (time) window.shown[card.querySelector("a").pathname + " " + time.dateTime] ??= now;
          }
        };
        new MutationObserver(() => { if (!asked) { asked = true; requestAnimationFrame(look); } })
          .observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        """;

    /// <summary>How an event of a camera is named among <see cref="ShownAsync"/>.</summary>
    public static string NameOf(Guid camera, DateTimeOffset occurredAt) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}/{camera} {occurredAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z");

    /// <summary>When what was shown first (Unix ms).</summary>
    public async Task<IReadOnlyDictionary<string, double>> ShownAsync() => await page.EvaluateAsync<Dictionary<string, double>>("window.shown");
}
