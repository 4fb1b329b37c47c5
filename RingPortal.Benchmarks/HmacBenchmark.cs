using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Benchmarks;

/// <summary>Why the matcher keeps one keyed instance for a whole pool: most of a one-shot HMAC is setting up the key.</summary>
internal static class HmacBenchmark
{
    private const int Operations = 100_000;

    public static void Run()
    {
        var key = Encoding.UTF8.GetBytes("Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=");
        var message = Encoding.UTF8.GetBytes($"1790000000123:ava1.ring.account.{new string('A', 52)}");
        var hash = new byte[HMACSHA256.HashSizeInBytes];
        var oneShot = Measurement.Print("HMACSHA256.HashData, key set up each time", Operations, () =>
        {
            for (var index = 0; index < Operations; index++)
            {
                HMACSHA256.HashData(key, message, hash);
            }
        });
        using var mac = new HMACSHA256(key);
        var reused = Measurement.Print("HMACSHA256 instance reused", Operations, () =>
        {
            for (var index = 0; index < Operations; index++)
            {
                mac.TryComputeHash(message, hash, out _);
            }
        });
        Console.WriteLine($"reused / one-shot: {reused / oneShot:N2}");
    }
}
