using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Media;

/// <summary>What is known of the latest picture of a camera without asking Ring.</summary>
/// <param name="AskedAt">When Ring was last asked and answered.</param>
/// <param name="Refusal">What came of it instead of a picture.</param>
/// <param name="EventAt">When the latest event happened.</param>
/// <param name="EventRecordedAt">When we learnt of it.</param>
internal sealed record LookState(DateTimeOffset? AskedAt, MediaRefusal? Refusal, DateTimeOffset? EventAt, DateTimeOffset? EventRecordedAt)
{
    /// <summary>Older than that it is asked for again, because Ring may have a still without any event.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>The refusal as an answer.</summary>
    public MediaNo? No => Refusal is { } refusal ? new MediaNo(refusal) : null;

    /// <summary>Whether Ring may have a newer picture. An event that came while Ring was asked counts.</summary>
    public bool IsOld(DateTimeOffset now) => AskedAt is not { } asked || asked < now - Fresh || EventRecordedAt > asked;

    /// <summary>Reads it.</summary>
    public static async Task<LookState> ReadAsync(RingPortalContext context, Guid deviceId, CancellationToken cancellationToken)
    {
        var look = await context.SnapshotLooks.AsNoTracking().SingleOrDefaultAsync(row => row.DeviceId == deviceId, cancellationToken);
        var latest = await context.DeviceEvents.AsNoTracking().Where(entry => entry.DeviceId == deviceId)
            .OrderByDescending(entry => entry.OccurredAt).ThenByDescending(entry => entry.Id)
            .Select(entry => new { entry.OccurredAt, entry.RecordedAt }).FirstOrDefaultAsync(cancellationToken);
        return new LookState(look?.AskedAt, Enum.TryParse<MediaRefusal>(look?.Refusal, out var refusal) ? refusal : null, latest?.OccurredAt, latest?.RecordedAt);
    }
}
