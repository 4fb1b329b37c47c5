using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.Gaps;

/// <summary>What operators see of gaps: each outage, its cameras, and what to write to Ring.</summary>
internal sealed class GapQueries(IServiceScopeFactory scopes, IOptionsMonitor<RingOptions> ring, IOptionsMonitor<PortalOptions> portal, Texts texts, TimeProvider clock)
{
    /// <summary>How many outages are shown.</summary>
    public const int MostOutages = 50;

    /// <summary>How many cameras are shown at once.</summary>
    public const int PageSize = 50;

    /// <summary>How long Ring keeps what it could not deliver (contract 5.5).</summary>
    public static readonly TimeSpan KeptByRing = TimeSpan.FromHours(72);

    /// <summary>The outages, newest first. Their ends are looked up one after another by index, so that older ones are not read.</summary>
    public async Task<IReadOnlyList<GapOutage>> OutagesAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope).Database.SqlQuery<GapOutage>(
            $"""
            WITH RECURSIVE ends AS (
                (SELECT to_at, 1 AS number FROM event_gaps ORDER BY to_at DESC LIMIT 1)
                UNION ALL
                SELECT older.to_at, ends.number + 1 FROM ends
                CROSS JOIN LATERAL (SELECT gap.to_at FROM event_gaps AS gap WHERE gap.to_at < ends.to_at ORDER BY gap.to_at DESC LIMIT 1) AS older
                WHERE ends.number < {MostOutages})
            SELECT outage."from", ends.to_at AS "to", outage.cause, outage.open, outage.filled, outage.given_up, outage.found, outage.missing
            FROM ends CROSS JOIN LATERAL (
                SELECT gap.cause, min(gap.from_at) AS "from",
                    count(*) FILTER (WHERE gap.state = 'Open')::int AS open, count(*) FILTER (WHERE gap.state = 'Filled')::int AS filled,
                    count(*) FILTER (WHERE gap.state = 'GivenUp')::int AS given_up, sum(gap.found)::int AS found, sum(gap.filled)::int AS missing
                FROM event_gaps AS gap WHERE gap.to_at = ends.to_at GROUP BY gap.cause OFFSET 0) AS outage
            ORDER BY ends.to_at DESC, outage.cause LIMIT {MostOutages}
            """).ToListAsync(cancellationToken);
    }

    /// <summary>The cameras of an outage: those that are not filled first. No names and no ids of Ring: operators see work, not households.</summary>
    public async Task<IReadOnlyList<GapRow>> CamerasAsync(DateTimeOffset outageEnd, int page, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope).EventGaps.AsNoTracking().Where(gap => gap.ToAt == outageEnd)
            .OrderBy(gap => gap.State == EventGapState.Filled).ThenByDescending(gap => gap.Attempts).ThenBy(gap => gap.Id)
            .Skip(page * PageSize).Take(PageSize)
            .Select(gap => new GapRow(gap.Id, gap.DeviceId, gap.FromAt, gap.ToAt, gap.Cause, gap.State, gap.Found, gap.Filled, gap.Attempts, gap.NextAttemptAt, gap.LastError))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What to write to Ring, so that it sends again what it could not deliver; null when Ring keeps none of it any more.</summary>
    public GapLetter? Letter(GapOutage outage)
    {
        var (now, oldest) = (clock.GetUtcNow(), clock.GetUtcNow() - KeptByRing);
        if (outage.To <= oldest)
        {
            return null;
        }

        var from = outage.From > oldest ? outage.From : oldest;
        var text = texts.Format(
            "admin.gap.letter",
            ("Client", ring.CurrentValue.ClientId), ("Webhook", new Uri(portal.CurrentValue.PublicUrl!, "/ring/webhook")),
            ("From", Utc(from)), ("To", Utc(outage.To)));
        return new GapLetter(text, outage.To + KeptByRing - now);
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    private static RingPortalContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<RingPortalContext>();
}

/// <summary>An outage that left gaps.</summary>
/// <param name="From">When it began (UTC).</param>
/// <param name="To">When it was over (UTC).</param>
/// <param name="Cause">Why, in one word.</param>
/// <param name="Open">Cameras whose gap is being filled.</param>
/// <param name="Filled">Cameras whose gap is filled.</param>
/// <param name="GivenUp">Cameras whose gap could not be filled.</param>
/// <param name="Found">Events of that time in Ring's history.</param>
/// <param name="Missing">How many of them were missing here.</param>
public sealed record GapOutage(DateTimeOffset From, DateTimeOffset To, string Cause, int Open, int Filled, int GivenUp, int Found, int Missing);

/// <summary>The gap of one camera.</summary>
/// <param name="Id">Key.</param>
/// <param name="DeviceId">The camera, by our own key.</param>
/// <param name="From">Where it begins (UTC).</param>
/// <param name="To">Where it ends (UTC).</param>
/// <param name="Cause">Why.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Found">Events of that time in Ring's history.</param>
/// <param name="Filled">How many of them were missing here.</param>
/// <param name="Attempts">How often filling it was tried.</param>
/// <param name="NextAttemptAt">When it is next due (UTC).</param>
/// <param name="LastError">Why the last try did not fill it.</param>
public sealed record GapRow(
    Guid Id, Guid DeviceId, DateTimeOffset From, DateTimeOffset To, string Cause, EventGapState State, int Found, int Filled, int Attempts, DateTimeOffset? NextAttemptAt, string? LastError);

/// <summary>What to write to Ring.</summary>
/// <param name="Text">The text, ready to be sent.</param>
/// <param name="Left">How long Ring still keeps the last of it.</param>
public sealed record GapLetter(string Text, TimeSpan Left);
