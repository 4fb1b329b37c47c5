using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RingPortal.Web.Ring;

namespace RingPortal.Benchmarks;

/// <summary>
/// The whole pool against one nonce, with one living key and with two. Target: 5,000 waiting accounts within 100 ms,
/// and the same time whether the first one matches, the last one, or none.
/// </summary>
internal static class NonceMatchingBenchmark
{
    private const string Key = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";
    private const string Time = "1790000000123";

    public static void Run()
    {
        foreach (var size in new[] { 100, 5_000, 20_000 })
        {
            var pool = Enumerable.Range(0, size).Select(_ => $"ava1.ring.account.{RandomNumberGenerator.GetHexString(52)}").ToArray();
            Measure($"{size:N0} accounts, one key, first matches", Key, "", pool, pool[0]);
            Measure($"{size:N0} accounts, one key, last matches", Key, "", pool, pool[^1]);
            Measure($"{size:N0} accounts, one key, none matches", Key, "", pool, "nobody");
            Measure($"{size:N0} accounts, two keys, none matches", Key, "another-key", pool, "nobody");
        }
    }

    private static void Measure(string name, string key, string previous, string[] pool, string account)
    {
        var matcher = new RingNonceMatcher(new Options(new() { HmacKey = key, PreviousHmacKey = previous }));
        var nonce = RingNonce.Compute(key, Time, account);
        var expected = pool.Contains(account) ? 1 : 0;
        Measurement.Print(name, pool.Length, () =>
        {
            if (matcher.Match(nonce, Time, pool).Count != expected)
            {
                throw new InvalidOperationException("The matcher found something else than was hidden.");
            }
        });
    }

    private sealed class Options(RingOptions options) : IOptionsMonitor<RingOptions>
    {
        public RingOptions CurrentValue => options;

        public RingOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<RingOptions, string?> listener) => null;
    }
}
