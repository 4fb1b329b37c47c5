using System.Buffers;
using System.Security.Cryptography;
using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>Gathers the records of one seal, in the order of their numbers.</summary>
internal sealed class SealDraft : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<long> _ids = [];
    private readonly List<byte> _marks = [];

    public int Count => _ids.Count;

    public void Add(AuditLeaf leaf)
    {
        _ids.Add(leaf.Id);
        _marks.AddRange(leaf.Hash.AsSpan(0, AuditLeaf.MarkLength));
        _digest.AppendData(leaf.Hash);
    }

    /// <summary>The digest of what was added.</summary>
    public byte[] Digest() => _digest.GetCurrentHash();

    /// <summary>The finished seal, chained to the one before it.</summary>
    public AuditSeal Close(AuditSeal? previous, Horizon horizon, AuditSealKeys keys, DateTimeOffset now)
    {
        var open = new AuditSeal
        {
            Number = (previous?.Number ?? 0) + 1,
            SealedAt = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
            SettledBefore = horizon.SettledBefore,
            StartedBefore = horizon.StartedBefore,
            RecordIds = [.. _ids],
            RecordMarks = [.. _marks],
            Digest = Digest(),
            PreviousMac = previous?.Mac ?? [],
            Mac = [],
            KeyId = keys.NewestId,
        };
        return new AuditSeal
        {
            Number = open.Number,
            SealedAt = open.SealedAt,
            SettledBefore = open.SettledBefore,
            StartedBefore = open.StartedBefore,
            RecordIds = open.RecordIds,
            RecordMarks = open.RecordMarks,
            Digest = open.Digest,
            PreviousMac = open.PreviousMac,
            Mac = keys.Mac(open.KeyId, Bytes(open))!,
            KeyId = open.KeyId,
        };
    }

    /// <summary>What the HMAC of a seal covers: all of it but the HMAC itself and when its records were pruned.</summary>
    public static byte[] Bytes(AuditSeal seal)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + (seal.RecordIds.Length * 8));
        bytes.Add(seal.Number);
        bytes.Add(seal.SealedAt);
        bytes.Add(seal.SettledBefore);
        bytes.Add(seal.StartedBefore);
        bytes.Add(seal.RecordIds.LongLength);
        foreach (var id in seal.RecordIds)
        {
            bytes.Add(id);
        }

        bytes.Add(seal.RecordMarks);
        bytes.Add(seal.Digest);
        bytes.Add(seal.PreviousMac);
        bytes.Add(seal.KeyId);
        return bytes.WrittenSpan.ToArray();
    }

    public void Dispose() => _digest.Dispose();
}

/// <summary>How far transactions had come when a seal was made.</summary>
/// <param name="SettledBefore">All below it had ended.</param>
/// <param name="StartedBefore">None at or above it had begun.</param>
internal sealed record Horizon(long SettledBefore, long StartedBefore);
