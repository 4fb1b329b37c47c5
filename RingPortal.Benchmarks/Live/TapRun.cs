using System.Globalization;
using System.Text.Json.Serialization;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Live;

/// <summary>Taps on "Watch live" in Chromium, one after another, each until its picture is seen.</summary>
internal static class TapRun
{
    /// <summary>Notes when a tap came, when the portal had answered the offer, and the frame in which the player shows the picture.</summary>
    private const string Watch =
        """
        () => {
          window.taps = [];
          let tapped = 0;
          document.addEventListener("click", event => {
            if (!event.target.closest("[data-live-act=start]")) return;
            tapped = performance.now();
            performance.clearResourceTimings();
          }, true);
          new MutationObserver(() => {
            if (!tapped || document.querySelector(".rp-live").dataset.state !== "live") return;
            const since = tapped;
            tapped = 0;
            requestAnimationFrame(() => {
              const post = performance.getEntriesByType("resource").find(one => /\/api\/devices\/[^/]+\/live/.test(one.name));
              taps.push({ visible: performance.now() - since, offered: post.startTime - since, post: post.responseEnd - post.startTime });
            });
          }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
        }
        """;

    public static async Task<string> RunAsync(LiveStage stage, LinkedPerson person, int count)
    {
        var page = await person.Context.NewPageAsync();
        await page.GotoAsync($"{stage.Origin}/devices/{person.Cameras[0]}");
        await page.Locator(".rp-live-bar [data-live-act=start]:visible").First.WaitForAsync();
        await page.EvaluateAsync(Watch);
        for (var number = 1; number <= count + 1; number++)
        {
            await page.Locator(".rp-live-bar [data-live-act=start]:visible").First.ClickAsync();
            await page.WaitForFunctionAsync("number => taps.length === number", number);
            await page.Locator(".rp-live-bar [data-live-act=stop]:visible").First.ClickAsync();
            await stage.Ring.QuietAsync();
        }

        // The first one warms everything up.
        var taps = (await page.EvaluateAsync<Tap[]>("taps"))[1..];
        var ring = (await stage.Ring.AnswersAsync()).TakeLast(count).ToList();
        await page.CloseAsync();
        var ours = taps.Zip(ring, (tap, answer) => tap.Post - answer);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"taps: {count}; ms, p50 / p95: tap to offer {new Figures(taps.Select(tap => tap.Offered)).Short}, portal's answer {new Figures(taps.Select(tap => tap.Post)).Short}, of it Ring {new Figures(ring).Short} and ours **{new Figures(ours).Short}**, tap to first picture seen **{new Figures(taps.Select(tap => tap.Visible)).Short}**");
    }

    private sealed record Tap
    {
        [JsonPropertyName("visible")]
        public double Visible { get; set; }

        [JsonPropertyName("offered")]
        public double Offered { get; set; }

        [JsonPropertyName("post")]
        public double Post { get; set; }
    }
}
