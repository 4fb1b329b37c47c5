using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Certification;
using RingPortal.Web.Features.Certification.Listing;
using RingPortal.Web.Features.Certification.Review;

namespace RingPortal.Web.Features.Certification;

/// <summary>What the certification page shows.</summary>
internal sealed class CertificationQueries(RingPortalContext context, CertificationEntries entries, ReviewQueries reviews, ListingSheet sheet, TimeProvider clock)
{
    internal const string HostsSql =
        """
        SELECT host, route, max(at) AS last_at, count(*)::int AS calls
        FROM (SELECT host, route, at FROM arrivals WHERE at > {0} AND verdict <> 'check' ORDER BY at DESC LIMIT 2000) AS recent
        GROUP BY host, route ORDER BY host, route
        """;

    private static readonly TimeSpan s_recent = TimeSpan.FromDays(1);

    /// <summary>The list with what is known of each item.</summary>
    public async Task<CertificationBoard> BoardAsync(CancellationToken cancellationToken)
    {
        var results = await context.CertificationResults.AsNoTracking().ToDictionaryAsync(result => result.Item, cancellationToken);
        var ticks = await TicksAsync(cancellationToken);
        var run = await context.CertificationRuns.AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var rows = CertificationCatalogue.Items.Select(item => Row(item, results.GetValueOrDefault(item.Id), ticks.GetValueOrDefault(item.Id))).ToList();
        return new CertificationBoard(rows, run, await reviews.ViewAsync(cancellationToken));
    }

    /// <summary>What stands beside the list: what was typed in, the sheet, accounts, staff, and who called which host.</summary>
    public async Task<CertificationDesk> DeskAsync(CancellationToken cancellationToken)
    {
        var accounts = await context.ReviewAccounts.AsNoTracking()
            .Join(context.Users, account => account.UserId, person => person.Id, (account, person) => new ReviewAccountView(account.UserId, person.Email, account.MadeAt, account.EraseAskedAt != null))
            .ToListAsync(cancellationToken);
        var staff = await context.UserRoles.AsNoTracking()
            .Join(context.Roles.Where(role => role.Name == PortalRoles.Admin || role.Name == PortalRoles.Support), held => held.RoleId, role => role.Id, (held, _) => held.UserId)
            .Distinct().Join(context.Users, id => id, person => person.Id, (_, person) => new StaffName(person.Id, person.Email ?? ""))
            .ToListAsync(cancellationToken);
        var hosts = await context.Database.SqlQueryRaw<HostCalls>(HostsSql, clock.GetUtcNow() - s_recent).ToListAsync(cancellationToken);
        return new CertificationDesk(await entries.AllAsync(cancellationToken), sheet.Rows, [.. sheet.NameWarnings(), .. sheet.SheetWarnings()], [.. accounts.OrderBy(account => account.MadeAt)], [.. staff.OrderBy(person => person.Email, StringComparer.Ordinal)], hosts);
    }

    private async Task<Dictionary<string, TickView>> TicksAsync(CancellationToken cancellationToken)
    {
        var ticks = await context.CertificationTicks.AsNoTracking()
            .Select(tick => new { tick.Item, tick.At, tick.Note, Who = context.Users.Where(person => person.Id == tick.UserId).Select(person => person.Email).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return ticks.ToDictionary(tick => tick.Item, tick => new TickView(tick.Who, tick.At, tick.Note));
    }

    private static CertificationRow Row(CertificationItem item, CertificationResult? result, TickView? tick) => new(
        item,
        !item.IsMachine ? tick is null ? RowState.ToConfirm : RowState.Passed
            : result?.Outcome switch
            {
                CheckOutcome.Passed => RowState.Passed,
                CheckOutcome.Failed => RowState.NotPassed,
                null => RowState.NotRun,
                _ => RowState.NotSeen,
            },
        item.IsMachine ? result : null,
        item.IsMachine ? null : tick);
}
