using Microsoft.Playwright;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>The picture of a live view as a person sees it: the simulator writes the number of each frame into it.</summary>
internal static class MovingPicture
{
    private const int Moving = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads the number of the frame off the pixels; -1 without a picture.</summary>
    private const string FrameNumber = """
        video => {
          if (!video.videoWidth || video.hidden) return -1;
          const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
          const context = canvas.getContext('2d');
          context.drawImage(video, 0, 0);
          const row = context.getImageData(0, Math.round(canvas.height * 424 / 432), canvas.width, 1).data;
          let number = 0;
          for (let block = 0; block < 24; block++) number = number * 2 + (row[Math.floor((block + 0.5) * canvas.width / 24) * 4] > 128 ? 1 : 0);
          return number;
        }
        """;

    /// <summary>A picture is seen, and the number on it grows.</summary>
    public static async Task PlaysAsync(this IPage page)
    {
        await Assertions.Expect(page.Locator("video")).ToBeVisibleAsync();
        var first = -1;
        await Eventually.TrueAsync(async () => (first = await page.FrameAsync()) >= 0, s_patience, "a picture is seen");
        await Eventually.TrueAsync(async () => await page.FrameAsync() > first + Moving, s_patience, "the picture moves");
    }

    public static Task<int> FrameAsync(this IPage page) => page.Locator("video").EvaluateAsync<int>(FrameNumber);
}
