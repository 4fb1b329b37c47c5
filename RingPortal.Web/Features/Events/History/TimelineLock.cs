using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Events.History;

/// <summary>
/// Keeps the two writers of a camera's timeline apart: deliveries stand side by side, whoever merges the history stands
/// alone. So each sees all that the other has committed, and one event never becomes two entries.
/// </summary>
internal static class TimelineLock
{
    /// <summary>The first of two numbers that name the lock; the second is the camera's.</summary>
    public const int Space = 721_450_041;

    /// <summary>To be called in a transaction before anything of the camera is read.</summary>
    public static Task EnterAloneAsync(RingPortalContext context, Guid deviceId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Space}, hashtext({deviceId}::text))", cancellationToken);
}
