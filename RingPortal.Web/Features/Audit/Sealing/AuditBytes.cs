using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>
/// Writes values so that no two different lists of values give the same bytes: numbers in 8 bytes, everything else behind
/// its length, null as the length -1. Frozen: what was sealed once must verify for years.
/// </summary>
internal static class AuditBytes
{
    public static void Add(this ArrayBufferWriter<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(8), number);
        bytes.Advance(8);
    }

    /// <summary>PostgreSQL keeps microseconds, so only they count.</summary>
    public static void Add(this ArrayBufferWriter<byte> bytes, DateTimeOffset at) => bytes.Add((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);

    public static void Add(this ArrayBufferWriter<byte> bytes, Guid? id) => bytes.Add(id?.ToByteArray(bigEndian: true));

    public static void Add(this ArrayBufferWriter<byte> bytes, string? text) => bytes.Add(text is null ? null : Encoding.UTF8.GetBytes(text));

    public static void Add(this ArrayBufferWriter<byte> bytes, byte[]? content)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), content?.Length ?? -1);
        bytes.Advance(4);
        bytes.Write(content ?? []);
    }
}
