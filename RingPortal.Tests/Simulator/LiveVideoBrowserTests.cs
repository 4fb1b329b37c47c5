using System.Text;
using Microsoft.Playwright;
using RingPortal.Simulator.Live;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

/// <summary>What the simulator sends plays in real Chromium.</summary>
[Collection(MovingBrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class LiveVideoBrowserTests(BrowserFixture browser) : CloudTest
{
    private const string FrontDoor = "ava1.ring.device.DEMOFRONTDOOR01";
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    /// <summary>The reader of the frame counter.</summary>
    private const string Reader = """
        () => {
          window.frameNumber = (source, width, height) => {
            const canvas = Object.assign(document.createElement('canvas'), { width, height });
            const context = canvas.getContext('2d');
            context.drawImage(source, 0, 0, width, height);
            const row = context.getImageData(0, Math.round(height * 424 / 432), width, 1).data;
            let number = 0;
            for (let block = 0; block < 24; block++) {
              number = number * 2 + (row[Math.floor((block + 0.5) * width / 24) * 4] > 128 ? 1 : 0);
            }
            return number;
          };
        }
        """;

    /// <summary>As a partner's page does it.</summary>
    private const string Script = """
        async () => {
          document.body.innerHTML = '<video autoplay playsinline muted width=768></video>';
          const video = document.querySelector('video');
          window.peer = new RTCPeerConnection();
          peer.addTransceiver('video', { direction: 'recvonly' });
          peer.addTransceiver('audio', { direction: 'recvonly' });
          video.srcObject = new MediaStream();
          peer.ontrack = event => video.srcObject.addTrack(event.track);
          await peer.setLocalDescription(await peer.createOffer());
          await peer.setRemoteDescription({ type: 'answer', sdp: await offer(peer.localDescription.sdp) });
          window.seen = () => video.videoWidth ? frameNumber(video, video.videoWidth, video.videoHeight) : -1;
        }
        """;

    [Fact]
    public async Task A_Live_Picture_Moves_And_Stops_As_It_Is_Told()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        // What follows takes a slow machine longer than Ring's minute.
        Cloud.Settings.Live = new() { LimitSeconds = 600 };
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        Uri? location = null;
        await page.ExposeFunctionAsync("offer", async (string sdp) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/devices/{FrontDoor}/media/streaming/whep/sessions")
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sdp)) { Headers = { ContentType = new(Offers.Type) } },
                Headers = { Authorization = new("Bearer", access) },
            };
            using var answer = await Partner.Http.SendAsync(request);
            location = answer.Headers.Location;
            return await answer.Content.ReadAsStringAsync();
        });
        await page.EvaluateAsync(Reader);
        await page.EvaluateAsync(Script);
        var first = await LaterAsync(page, -1);
        Assert.True(await LaterAsync(page, first + 15) > first);
        Assert.Equal("768 432", await page.EvaluateAsync<string>("() => { const video = document.querySelector('video'); return `${video.videoWidth} ${video.videoHeight}`; }"));
        Assert.InRange(await LostAsync(page), 0, 0);
        await Screens.ShootAsync(page, "simulator/live-picture");

        Cloud.Settings.Live = new() { FreezeAfter = TimeSpan.Zero };
        await Eventually.TrueAsync(() => Cloud.Sessions.History[0].Play == LivePlay.Still, Long);
        Cloud.Settings.Live = new() { DropPercent = 30 };
        await Eventually.TrueAsync(async () => await LostAsync(page) > 0, Long, "packets are lost");
        Cloud.Settings.Live = new();
        await LaterAsync(page, await SeenAsync(page));
        using var ended = await Partner.CallAsync(HttpMethod.Delete, location!.AbsoluteUri, access);
        Assert.Equal(204, (int)ended.StatusCode);
        var session = Assert.Single(Cloud.Sessions.History);
        Assert.Equal((LiveEnd.Deleted, LivePlay.Over), (session.ClosedBy, session.Play));
        Assert.True(session.Frames > 15);
    }

    [Fact]
    public async Task Recorded_Clips_Play_And_Pictures_Show()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var media = new MediaCalls(Cloud, access);
        var pressed = Cloud.Events.Press("mara", FrontDoor).Timestamp!.Value;
        Cloud.Clock.Advance(TimeSpan.FromMinutes(1));
        Cloud.Settings.Media = Cloud.Settings.Media with { Size = 8_000_000 };
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.EvaluateAsync(Reader);

        using var clip = await media.ClipAsync(pressed, 20_000);
        var film = Convert.ToBase64String(await clip.Content.ReadAsByteArrayAsync());
        var seen = await page.EvaluateAsync<string>(
            """
            async film => {
              const video = document.createElement('video');
              video.muted = true;
              video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(film), letter => letter.charCodeAt(0))], { type: 'video/mp4' }));
              const loaded = new Promise((resolve, reject) => { video.onloadeddata = resolve; video.onerror = () => reject(new Error(video.error.message)); });
              await loaded;
              const first = frameNumber(video, video.videoWidth, video.videoHeight);
              const sought = new Promise(resolve => { video.onseeked = resolve; });
              video.currentTime = 10.03;
              await sought;
              return `${video.duration.toFixed(1)} ${first} ${frameNumber(video, video.videoWidth, video.videoHeight)}`;
            }
            """,
            film);
        Assert.Equal("20.0 0 150", seen);

        foreach (var format in new[] { "jpeg", "png" })
        {
            using var picture = await media.FollowAsync(media.AtAsync(pressed + 5_000, new() { ["format"] = format, ["resolution"] = new System.Text.Json.Nodes.JsonObject { ["width"] = 1920 } }));
            var file = Convert.ToBase64String(await picture.Content.ReadAsByteArrayAsync());
            var shown = await page.EvaluateAsync<string>(
                """
                async file => {
                  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(file), letter => letter.charCodeAt(0))]));
                  const canvas = document.body.appendChild(Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }));
                  canvas.getContext('2d').drawImage(image, 0, 0);
                  return `${image.width} ${image.height} ${frameNumber(image, image.width, image.height)}`;
                }
                """,
                file);
            Assert.Equal($"1920 1080 {((pressed + 5_000) / 1_000) & 0xFFFFFF}", shown);
        }

        await Screens.ShootAsync(page, "simulator/recorded-pictures");
    }

    /// <summary>A frame after this one, once it is seen.</summary>
    private static async Task<int> LaterAsync(IPage page, int frame)
    {
        await Eventually.TrueAsync(async () => await SeenAsync(page) > frame, Long, $"a frame after {frame} is seen");
        return await SeenAsync(page);
    }

    private static Task<int> SeenAsync(IPage page) => page.EvaluateAsync<int>("() => seen()");

    private static Task<int> LostAsync(IPage page) => page.EvaluateAsync<int>(
        "async () => { for (const one of (await peer.getStats()).values()) if (one.type === 'inbound-rtp' && one.kind === 'video') return one.packetsLost; return -1; }");
}
