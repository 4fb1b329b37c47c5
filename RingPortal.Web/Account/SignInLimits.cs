using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace RingPortal.Web.Account;

/// <summary>
/// Slows guessing and mass sign-up, per instance: sign-in 10 a minute per e-mail and address, sign-up 60 an hour
/// per address, confirmation messages 3 in 10 minutes per person. Held here and not at routes because linking signs in too.
/// </summary>
public sealed class SignInLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> signIn = Window(10, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> signUp = Window(60, TimeSpan.FromHours(1));
    private readonly PartitionedRateLimiter<string> confirmation = Window(3, TimeSpan.FromMinutes(10));

    /// <summary>How long to wait, or null when the try may go on.</summary>
    public TimeSpan? SignIn(HttpContext http, string normalizedEmail) => Take(signIn, $"{Source(http)} {normalizedEmail}");

    /// <inheritdoc cref="SignIn" />
    public TimeSpan? SignUp(HttpContext http) => Take(signUp, Source(http));

    /// <inheritdoc cref="SignIn" />
    public TimeSpan? Confirmation(Guid userId) => Take(confirmation, userId.ToString());

    public void Dispose()
    {
        signIn.Dispose();
        signUp.Dispose();
        confirmation.Dispose();
    }

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
        {
            return null;
        }

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
    }

    // A home has a whole /64 of IPv6 addresses; counting single ones would count nothing.
    private static string Source(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static PartitionedRateLimiter<string> Window(int permits, TimeSpan length) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(
            key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = length, QueueLimit = 0 }));
}
