using System.Text.Json;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit.Sealing;

namespace RingPortal.Web.Features.Audit.Verification;

/// <summary>Records may be missing where retention pruned them: whole seals, old enough, and the trail itself must say so.</summary>
internal sealed class PruneCheck
{
    /// <summary>What the record of a pruning is called.</summary>
    public const string Action = "audit.pruned";

    /// <summary>Its detail: the newest seal that was pruned.</summary>
    public const string Through = "throughSeal";

    private static readonly TimeSpan s_youngest = TimeSpan.FromDays(30);

    private long _pruned;
    private long _told;

    public void Found(AuditLeaf leaf)
    {
        if (leaf is { Action: Action, Details: { } details })
        {
            using var document = JsonDocument.Parse(details);
            _told = Math.Max(_told, document.RootElement.TryGetProperty(Through, out var seal) && seal.TryGetInt64(out var number) ? number : 0);
        }
    }

    public void Found(AuditSeal seal, Action<AuditBreakKind, long?, long?, string> found)
    {
        if (seal.PrunedAt - seal.SealedAt < s_youngest || seal.Number != _pruned + 1)
        {
            found(AuditBreakKind.RecordLost, null, seal.Number, $"The records of seal {seal.Number} are gone, and retention cannot have pruned them.");
        }

        _pruned = seal.Number;
    }

    public void Finish(Action<AuditBreakKind, long?, long?, string> found)
    {
        if (_pruned > _told)
        {
            found(AuditBreakKind.RecordLost, null, _pruned, $"Records up to seal {_pruned} are gone; the trail tells of pruning up to seal {_told} only.");
        }
    }
}
