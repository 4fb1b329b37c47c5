using System.Security.Cryptography;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit.Sealing;

namespace RingPortal.Web.Features.Audit.Verification;

/// <summary>The rules of the trail: seals follow one another, each names its records as they were, and no record is without a seal for long.</summary>
internal sealed class ChainCheck(AuditSealKeys keys, AuditMark? known)
{
    private const int MostBreaks = 100;

    private static readonly TimeSpan s_sealedWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_sealEvery = AuditSealer.Heartbeat * 2;

    private readonly SortedDictionary<long, AuditLeaf> _unclaimed = [];
    private readonly List<AuditBreak> _breaks = [];
    private readonly PruneCheck _pruned = new();
    private long _highest;

    /// <summary>Records that a seal names and that are there.</summary>
    public long Records { get; private set; }

    public long Seals { get; private set; }

    public AuditSeal? Newest { get; private set; }

    /// <summary>The newest record that a seal closes; null while there is none.</summary>
    public long? Through => _highest == 0 ? null : _highest;

    /// <summary>Archives by what the trail says of them.</summary>
    public Dictionary<Guid, (long RecordId, byte[]? Digest)> Archives { get; } = [];

    public IReadOnlyList<AuditBreak> Breaks => _breaks;

    public void Found(AuditLeaf leaf)
    {
        _unclaimed[leaf.Id] = leaf;
        _pruned.Found(leaf);
        if (leaf.ArchiveId is { } archive)
        {
            Archives[archive] = (leaf.Id, leaf.ArchiveDigest);
        }
    }

    public void Check(AuditSeal seal)
    {
        CheckPlace(seal);
        Seals++;
        if (seal.PrunedAt is null)
        {
            CheckRecords(seal);
        }
        else
        {
            _pruned.Found(seal, Break);
        }

        _highest = Math.Max(_highest, seal.RecordIds is [.., var last] ? last : 0);
        Newest = seal;
    }

    /// <summary>After the last seal.</summary>
    /// <param name="running">The oldest running transaction.</param>
    /// <param name="now">Now (UTC).</param>
    /// <param name="since">Since when somebody should have sealed (UTC).</param>
    public void Finish(long running, DateTimeOffset now, DateTimeOffset since)
    {
        if (known is not null && known.Number > (Newest?.Number ?? 0))
        {
            Break(AuditBreakKind.CutOff, null, known.Number, $"The end is cut off: seal {known.Number} was there, the newest is {Newest?.Number ?? 0}.");
        }

        if (Newest is not null && now - Later(Newest.SealedAt, since) > s_sealEvery)
        {
            Break(AuditBreakKind.CutOff, null, Newest.Number, $"No seal was made after seal {Newest.Number} of {Newest.SealedAt:O}: sealing has stopped, or the end is cut off.");
        }

        foreach (var leaf in _unclaimed.Values)
        {
            CheckUnsealed(leaf, running, now, since);
        }

        _pruned.Finish(Break);
    }

    public void Break(AuditBreakKind kind, long? record, long? seal, string text)
    {
        if (_breaks.Count < MostBreaks)
        {
            _breaks.Add(new AuditBreak(kind, record, seal, text));
        }
    }

    private void CheckPlace(AuditSeal seal)
    {
        var expected = (Newest?.Number ?? 0) + 1;
        if (seal.Number != expected)
        {
            Break(AuditBreakKind.SealLost, null, expected, $"Seal {expected} is gone; seal {seal.Number} follows.");
        }

        if (keys.Mac(seal.KeyId, SealDraft.Bytes(seal)) is not { } mac)
        {
            Break(AuditBreakKind.SealChanged, null, seal.Number, $"Seal {seal.Number} was made with a key that is not among Audit__SealKeys.");
        }
        else if (!CryptographicOperations.FixedTimeEquals(mac, seal.Mac) || (seal.Number == expected && !seal.PreviousMac.AsSpan().SequenceEqual(Newest?.Mac ?? [])))
        {
            Break(AuditBreakKind.SealChanged, seal.RecordIds is [var first, ..] ? first : null, seal.Number, $"Seal {seal.Number} is not what was made, or does not follow the one before it.");
        }

        if (known is not null && seal.Number == known.Number && !seal.Mac.AsSpan().SequenceEqual(known.Mac))
        {
            Break(AuditBreakKind.CutOff, null, seal.Number, $"Seal {seal.Number} is another than the one that was seen: the end was cut off and written anew.");
        }
    }

    private void CheckRecords(AuditSeal seal)
    {
        var before = _breaks.Count;
        using var draft = new SealDraft();
        for (var place = 0; place < seal.RecordIds.Length; place++)
        {
            var id = seal.RecordIds[place];
            if (!_unclaimed.Remove(id, out var leaf))
            {
                Break(AuditBreakKind.RecordLost, id, seal.Number, $"Record {id} is gone.");
                continue;
            }

            Records++;
            draft.Add(leaf);
            var at = place * AuditLeaf.MarkLength;
            if (at + AuditLeaf.MarkLength > seal.RecordMarks.Length || !leaf.Hash.AsSpan(0, AuditLeaf.MarkLength).SequenceEqual(seal.RecordMarks.AsSpan(at, AuditLeaf.MarkLength)))
            {
                Break(AuditBreakKind.RecordChanged, id, seal.Number, $"Record {id} is not what was sealed.");
            }
            else if (id < _highest && leaf.TransactionId >= Newest!.StartedBefore)
            {
                // Its number is older than its transaction: no late commit can look like that.
                Break(AuditBreakKind.RecordInserted, id, seal.Number, $"Record {id} was put in afterwards.");
            }
        }

        if (_breaks.Count == before && !draft.Digest().AsSpan().SequenceEqual(seal.Digest))
        {
            Break(AuditBreakKind.RecordChanged, seal.RecordIds is [var first, ..] ? first : null, seal.Number, $"The records of seal {seal.Number} are not what was sealed.");
        }
    }

    private void CheckUnsealed(AuditLeaf leaf, long running, DateTimeOffset now, DateTimeOffset since)
    {
        // In a restored database transactions count anew; the next seal takes whatever is there.
        var comparable = Newest is not null && running >= Newest.SettledBefore;
        if (comparable && (leaf.TransactionId < Newest!.SettledBefore || (leaf.Id < _highest && leaf.TransactionId >= Newest.StartedBefore)))
        {
            Break(AuditBreakKind.RecordInserted, leaf.Id, null, $"Record {leaf.Id} was put in afterwards.");
        }
        else if (leaf.TransactionId < running && now - Later(leaf.At, since) > s_sealedWithin)
        {
            Break(AuditBreakKind.NotSealed, leaf.Id, null, $"Record {leaf.Id} of {leaf.At:O} is in no seal.");
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
