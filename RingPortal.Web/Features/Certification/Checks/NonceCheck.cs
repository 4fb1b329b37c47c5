using System.Globalization;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>
/// The nonce code of this build against Ring's vectors, and a round trip under the key that is set. The round trip happens in
/// memory alone: no unclaimed row is made, so there is nothing that a person could claim.
/// </summary>
internal sealed class NonceCheck(IOptionsMonitor<RingOptions> ring, IOptions<LinkingOptions> linking, TimeProvider clock) : ICertificationCheck
{
    public string Item => "behave.nonce";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        string?[] wrong = [.. Made(), .. Refused(), Fresh(), RoundTrip(), linking.Value.NonceWindowSeconds == 600 ? null : $"Linking__NonceWindowSeconds is {linking.Value.NonceWindowSeconds}; Ring's window is 600"];
        return Task.FromResult(CheckFinding.Of(
            wrong, $"{NonceVectors.Right.Count} of Ring's nonces made and matched, {NonceVectors.Wrong.Count} wrong ones refused, 4 ages judged, and a round trip with the key that is set"));
    }

    private static IEnumerable<string?> Made() => NonceVectors.Right.Select((vector, index) =>
        RingNonce.Compute(vector.Key, vector.Time, vector.Account) == vector.Nonce && Matches(vector.Key, vector.Nonce, vector.Time, vector.Account)
            ? null
            : $"vector N{index + 1} is not made or not matched");

    private static IEnumerable<string?> Refused() => NonceVectors.Wrong.Select((nonce, index) =>
        RingLinkParameters.IsWellFormedNonce(nonce) && Matches(NonceVectors.First, nonce, NonceVectors.Time, NonceVectors.Account) ? $"the wrong value R{index + 1} is taken" : null);

    private static string? Fresh()
    {
        var (window, made) = (TimeSpan.FromSeconds(600), DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(NonceVectors.Time, CultureInfo.InvariantCulture)));
        (int Milliseconds, LinkAge Wanted)[] ages = [(0, LinkAge.Fresh), (600_000, LinkAge.Fresh), (600_001, LinkAge.Expired), (-1, LinkAge.Malformed)];
        return ages.All(age => LinkFreshness.Judge(NonceVectors.Time, made.AddMilliseconds(age.Milliseconds), window, TimeSpan.Zero) == age.Wanted) ? null : "an age is judged otherwise than by Ring";
    }

    private string? RoundTrip()
    {
        var options = ring.CurrentValue;
        if (options.HmacKey.Length == 0)
        {
            return "Ring__HmacKey is not set";
        }

        var (time, account) = (clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), $"ringportal.certification.{Guid.NewGuid():N}");
        return new RingNonceMatcher(ring).Match(RingNonce.Compute(options.HmacKey, time, account), time, ["another", account]) is [1] ? null : "a nonce made with the key that is set is not matched with it";
    }

    private static bool Matches(string key, string nonce, string time, string account) =>
        new RingNonceMatcher(new OneKey(new RingOptions { HmacKey = key })).Match(nonce, time, [account]).Count == 1;

    /// <summary>Options with the key of an example.</summary>
    private sealed class OneKey(RingOptions options) : IOptionsMonitor<RingOptions>
    {
        public RingOptions CurrentValue => options;

        public RingOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<RingOptions, string?> listener) => null;
    }
}
