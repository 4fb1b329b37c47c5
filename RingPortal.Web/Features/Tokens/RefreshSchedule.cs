using System.Buffers.Binary;

namespace RingPortal.Web.Features.Tokens;

/// <summary>When tokens are renewed in the background, so that no refresh token nears its 30 days (contract 6.3).</summary>
internal static class RefreshSchedule
{
    /// <summary>The soonest that a link is due again.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(24 * 0.9);

    private static readonly TimeSpan s_spread = TimeSpan.FromHours(24 * 0.2);

    /// <summary>
    /// A day after the last renewal, a tenth more or less: links that were made in one hour do not stay together. The
    /// same for all instances, because it comes from the id alone.
    /// </summary>
    public static DateTimeOffset DueAt(Guid id, DateTimeOffset refreshedAt)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        // The end of a time-ordered key is random.
        var share = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) / (double)uint.MaxValue;
        return refreshedAt + Shortest + (s_spread * share);
    }
}
