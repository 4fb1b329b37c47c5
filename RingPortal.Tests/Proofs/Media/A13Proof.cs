using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Media;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Tests.Ring;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Tests.Proofs.Media;

/// <summary>A13: whatever address a hostile Ring names, nobody is asked there, and no access is ever sent along.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "A13")]
public sealed class A13Proof
{
    private const string Token = "token-canary-4410";
    private const string Device = "ava1.ring.device.DOOR";

    private static readonly int[] s_statuses = [300, 301, 302, 303, 305, 307, 308];
    private static readonly RingTimings s_patient = RingServices.Quick with { Attempt = TimeSpan.FromSeconds(30), InteractivePatience = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task No_Address_That_Ring_Names_Leads_Outside()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var trap = new Trap();
        using var watch = new NetworkWatch();
        using var ring = new RawServer();
        await using var origin = await FakeRing.StartAsync();
        var allowed = new Uri(origin.Address).Authority;
        var logs = new LogCapture();
        await using var services = RingServices.Create(database, ring.Address, s_patient, logs: logs, settings: ("Ring:MediaHosts", $"{allowed},*.amazonaws.com"));
        var client = services.GetRequiredService<RingClient>();
        var targets = HostileTargets.All(trap.Port, allowed).Where(target => target.All(character => character is >= ' ' and <= '~')).ToList();

        foreach (var target in targets)
        {
            foreach (var status in s_statuses)
            {
                ring.Lead(status, target);
                var image = await client.OpenImageAsync(Token, Device, new RingImageRequest.AtTimestamp(DateTimeOffset.UnixEpoch), RingPriority.Interactive, CancellationToken.None);
                Assert.True(image.Failure is RingFailure.Unreadable, $"picture, {status} to {target}: {image.Failure}");
                var clip = await client.OpenClipAsync(Token, Device, new RingClipRequest(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), Audio: false), CancellationToken.None);
                Assert.True(clip.Failure is RingFailure.Unreadable, $"clip, {status} to {target}: {clip.Failure}");
            }

            ring.Lead(307, target);
            Assert.IsType<RingFailure.Unreadable>((await client.GetUserAsync(Token, CancellationToken.None)).Failure);
            Assert.False((await client.EndLiveSessionAsync(Token, target, CancellationToken.None)).IsSuccess);
            var body = System.Text.Json.JsonSerializer.Serialize(new { data = Array.Empty<object>(), links = new { next = target } });
            ring.Answer = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {System.Text.Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
            await client.GetDevicesAsync(Token, RingPriority.Interactive, CancellationToken.None);
        }

        Assert.Equal(0, trap.Caught);
        Assert.Empty(origin.Calls);
        Assert.Empty(watch.Outside);
        Assert.DoesNotContain(watch.Names, name => name.Contains("evil", StringComparison.OrdinalIgnoreCase) || name.Contains("amazonaws", StringComparison.OrdinalIgnoreCase) || name.Contains("metadata", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Token, StringComparison.Ordinal));
        ProofFiles.Figure("A13", $"{targets.Count} hostile targets as redirect of pictures and clips with {s_statuses.Length} statuses, as redirect of another call, as next page and as address of a live view, {ring.Requests.Count} answers: 0 connections and 0 look-ups outside, 0 credentials sent");
    }
}
