using System.Globalization;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Live;

/// <summary>
/// What a person waits for between a tap and the first picture and how much of it is ours, how many live views begin and end
/// in a second, and what an open page costs in memory.
/// </summary>
internal static class LiveBenchmark
{
    private const int Taps = 30;
    private const int People = 8;
    private const int OpenPages = 40;
    private static readonly TimeSpan s_relay = TimeSpan.FromSeconds(20);

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var stage = await LiveStage.StartAsync(folder, "live");
        var watcher = await stage.LinkAsync("WATCHER", 2);
        Console.WriteLine(await TapRun.RunAsync(stage, watcher, Taps));

        var people = new List<LinkedPerson>();
        for (var number = 1; number <= People; number++)
        {
            people.Add(await stage.LinkAsync(string.Create(CultureInfo.InvariantCulture, $"CROWD{number:00}"), 2));
        }

        Console.WriteLine(await RelayRun.RunAsync(stage, people, s_relay));
        Console.WriteLine(await MemoryAsync(stage, watcher));
    }

    /// <summary>Pages of one camera, each with a circuit of its own; the portal's memory before and after.</summary>
    private static async Task<string> MemoryAsync(LiveStage stage, LinkedPerson person)
    {
        await OpenAsync(stage, person, 4);
        var before = stage.Portal.ResidentBytes;
        await OpenAsync(stage, person, OpenPages);
        var each = (stage.Portal.ResidentBytes - before) / (double)OpenPages;
        return string.Create(CultureInfo.InvariantCulture, $"memory: {OpenPages} open pages of a camera, **{each / 1024:N0} KiB** of the portal's memory each ({before / 1048576:N0} MiB before)");
    }

    private static async Task OpenAsync(LiveStage stage, LinkedPerson person, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var page = await person.Context.NewPageAsync();
            await page.GotoAsync($"{stage.Origin}/devices/{person.Cameras[number % person.Cameras.Count]}");
            await page.Locator(".rp-live").WaitForAsync();
        }

        // Circuits begin after the page is there.
        await Task.Delay(TimeSpan.FromSeconds(5));
    }
}
