using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Linking;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>
/// The Account Link URL without a session (contract 2.2): opened bare, with a good, an old and two broken requests. The nonce
/// of a probe is random: it belongs to no Ring account, so nobody can ever claim anything with it.
/// </summary>
internal sealed class LinkPageCheck(OutsideCaller caller, TimeProvider clock) : ICertificationCheck
{
    private static readonly TimeSpan s_old = TimeSpan.FromSeconds(601);
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(1);

    public string Item => "before.link";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var (now, nonce) = (clock.GetUtcNow(), RandomNonce());
        var bare = await caller.GetAsync(LinkEndpoints.Arrival, "text/html", cancellationToken);
        var old = await caller.GetAsync(Request(nonce, now - s_old), "text/html", cancellationToken);
        var ahead = await caller.GetAsync(Request(nonce, now + s_ahead), "text/html", cancellationToken);
        var broken = await caller.GetAsync(Request(nonce[..^1], now), "text/html", cancellationToken);
        var good = await caller.GetAsync(Request(nonce, now), "text/html", cancellationToken);
        string?[] wrong =
        [
            Want(bare is { Status: 200, IsPage: true }, "opened bare it should answer 200 with a page", bare),
            Want(old is { Status: 400, IsPage: true }, "a request older than 600 s should answer 400 with a page", old),
            Want(ahead is { Status: 400, IsPage: true }, "a request from the future should answer 400 with a page", ahead),
            Want(broken is { Status: 400, IsPage: true }, "a broken nonce should answer 400 with a page", broken),
            Want(good.LeadsTo(LinkEndpoints.Continue), $"a good request should lead to {LinkEndpoints.Continue}", good),
            await JudgeSignInAsync(good, cancellationToken),
        ];
        return CheckFinding.Of(wrong, $"bare {bare.Words}; good {good.Words}; old {old.Status}; from the future {ahead.Status}; broken {broken.Status}; then sign-up and sign-in without a session");
    }

    /// <summary>A nonce of the right form that belongs to nobody.</summary>
    internal static string RandomNonce() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The path that Ring's redirect would name.</summary>
    internal static string Request(string nonce, DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{LinkEndpoints.Arrival}?nonce={nonce}&time={time.ToUnixTimeMilliseconds()}");

    private async Task<string?> JudgeSignInAsync(OutsideReply arrival, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, caller.Address(LinkEndpoints.Continue));
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", arrival.Cookies));
        var reply = await caller.SendAsync(request, cancellationToken);
        return Want(
            reply is { Status: 200, IsPage: true } && reply.Body.Contains($"action=\"{LinkEndpoints.SignUp}\"", StringComparison.Ordinal) && reply.Body.Contains($"action=\"{LinkEndpoints.SignIn}\"", StringComparison.Ordinal),
            "after a good request the page should offer sign-up and sign-in", reply);
    }

    private static string? Want(bool isRight, string wanted, OutsideReply seen) => isRight ? null : $"{wanted}, seen {seen.Words}";
}
