using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingBreakerTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_Host_That_Fails_Is_Left_Alone_For_A_While_And_Then_Asked_Again()
    {
        // It stays open while a slow machine comes to ask.
        var instance = Start(RingServices.Quick with { BreakerPause = TimeSpan.FromSeconds(1) * Eventually.Patience });
        var (client, oauth) = (instance.GetRequiredService<RingClient>(), instance.GetRequiredService<RingOAuthClient>());
        Ring.Always(500);
        for (var call = 0; call < 10; call++)
        {
            await client.ConfirmLinkAsync("token", "m", "nonce", CancellationToken.None);
        }

        var open = await client.ConfirmLinkAsync("token", "m", "nonce", CancellationToken.None);
        Assert.Equal(new RingFailure.Unavailable(null), open.Failure);
        Assert.Equal(10, Ring.Calls.Count);

        // The other host has a breaker of its own.
        await oauth.RedeemAsync("code", null, CancellationToken.None);
        Assert.Equal(11, Ring.Calls.Count);

        Ring.Always(200, """{"status":"awaiting"}""");
        await Eventually.TrueAsync(
            async () => (await client.ConfirmLinkAsync("token", "m", "nonce", CancellationToken.None)).IsSuccess, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Refusals_Do_Not_Open_The_Breaker()
    {
        Ring.Always(400);
        for (var call = 0; call < 15; call++)
        {
            await Client.ConfirmLinkAsync("token", "m", "nonce", CancellationToken.None);
        }

        Assert.Equal(15, Ring.Calls.Count);
    }

    [Fact]
    public async Task No_Secret_Is_Logged_At_Any_Level()
    {
        Ring.Answer = (http, number) => number % 2 == 0 ? http.AnswerAsync(200, """{"data":{"id":"a","attributes":{"email":"canary@example.com"}}}""") : http.AnswerAsync(401, """{"error":"canary-title"}""", ("X-Request-ID", "req-77"));

        for (var round = 0; round < 2; round++)
        {
            await Client.GetUserAsync("canary-token", CancellationToken.None);
            await Client.ConfirmLinkAsync("canary-token", "canary", "canary-nonce", CancellationToken.None);
            await OAuth.RedeemAsync("canary-code", "canary-verifier", CancellationToken.None);
            await OAuth.RefreshAsync("canary-refresh", RingPriority.Interactive, CancellationToken.None);
        }

        Assert.Contains(Logs.Lines, line => line.Contains("req-77", StringComparison.Ordinal));
        Assert.DoesNotContain(Logs.Lines, line => line.Contains("canary", StringComparison.OrdinalIgnoreCase));
    }
}
