using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Media;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Proofs.Media;

/// <summary>A14: files from cameras pass through a real process without being held there, and nothing else passes.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "A14")]
public sealed class A14Proof
{
    private const int AtOnce = 4;
    private const long Growth = 96;
    private const int Piece = 256 * 1024;

    [Fact]
    public async Task Large_Recordings_Pass_Through_And_What_Is_None_Does_Not()
    {
        var world = new MediaWorld();
        await world.InitializeAsync();
        using var folder = new TestFolder();
        try
        {
            var person = await world.MoveInAsync();
            var entry = await person.HappenAsync();
            var (process, address) = await world.ForkAsync(folder);
            await using (process)
            {
                using var browser = new Visitor(address);
                using (await browser.SignInAsync(person.Email))
                {
                    await WarmAsync(world, browser, entry);
                }

                var before = Megabytes(process.Id);
                var (most, read) = await PassAsync(world, browser, address, entry, process.Id);
                Assert.Equal(AtOnce * (long)RingClient.LargestClip, read);
                Assert.True(most - before <= Growth, $"{before} MB before, {most} MB meanwhile");
                await TooLargeAsync(world, browser, entry);
                var refused = await ConfusionAsync(world, browser, entry);
                ProofFiles.Figure("A14", $"{AtOnce} times {RingClient.LargestClip / 1024 / 1024} MiB at once through one process: {before} MB before, {most} MB at most; one byte more refused; {refused} kinds of confusion refused, each answer sandboxed and not kept");
            }
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    private static async Task WarmAsync(MediaWorld world, Visitor browser, Guid entry)
    {
        world.Ring.ServeDirectly("video/mp4", MediaBytes.Mp4(4_000_000));
        for (var number = 0; number < 8; number++)
        {
            using var answer = await browser.GetAsync($"/media/events/{entry}/clip");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task<(long Most, long Read)> PassAsync(MediaWorld world, Visitor browser, Uri address, Guid entry, int process)
    {
        world.Ring.Api.Answer = (http, _) => WriteAsync(http, RingClient.LargestClip, declared: true);
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies }) { BaseAddress = address };
        using var done = new CancellationTokenSource();
        var most = 0L;
        var watching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                most = Math.Max(most, Megabytes(process));
                await Moments.PassAsync(TimeSpan.FromMilliseconds(50));
            }
        });
        var read = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            await using var stream = await client.GetStreamAsync($"/media/events/{entry}/clip");
            var (buffer, total) = (new byte[Piece], 0L);
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
            {
                total += count;
            }

            return total;
        }));
        await done.CancelAsync();
        await watching;
        return (most, read.Sum());
    }

    private static async Task TooLargeAsync(MediaWorld world, Visitor browser, Guid entry)
    {
        world.Ring.Api.Answer = (http, _) => WriteAsync(http, RingClient.LargestClip + 1L, declared: true);
        using (var told = await browser.GetAsync($"/media/events/{entry}/clip"))
        {
            Assert.Equal(HttpStatusCode.BadGateway, told.StatusCode);
        }

        world.Ring.Api.Answer = (http, _) => WriteAsync(http, RingClient.LargestClip + (8L * Piece), declared: false);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => browser.GetAsync($"/media/events/{entry}/clip"));
    }

    private static async Task<int> ConfusionAsync(MediaWorld world, Visitor browser, Guid entry)
    {
        var refused = 0;
        foreach (var (type, content, image, status) in MediaEndpointTests.Confusion.Select(row => ((string)row[0], (string)row[1], (bool)row[2], (int)row[3])))
        {
            world.Ring.ServeDirectly(type, MediaEndpointTests.Content(content));
            using var answer = await browser.GetAsync($"/media/events/{entry}/{(image ? "image" : "clip")}");
            Assert.Equal((HttpStatusCode)status, answer.StatusCode);
            Assert.Equal("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
            refused += status == 200 ? 0 : 1;
        }

        return refused;
    }

    private static async Task WriteAsync(HttpContext http, long length, bool declared)
    {
        (http.Response.ContentType, http.Response.ContentLength) = ("video/mp4", declared ? length : null);
        var piece = MediaBytes.Mp4(Piece);
        for (var left = length; left > 0 && !http.RequestAborted.IsCancellationRequested; left -= Piece)
        {
            await http.Response.Body.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, Piece)));
        }
    }

    private static long Megabytes(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
