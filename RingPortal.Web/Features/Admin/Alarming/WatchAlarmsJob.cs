using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>
/// Each minute on one instance: looks at what can be wrong, raises and settles, settles what has been quiet long enough, and
/// writes to operators.
/// </summary>
[AutomaticRetry(Attempts = 0)]
internal sealed class WatchAlarmsJob(RingPortalContext context, PortalDataSources sources, Alarms alarms, AlarmChecks checks, AlarmTeller teller, TimeProvider clock)
{
    private const string Mark = "alarms";

    /// <summary>A second run within this time, of another instance for example, has nothing to do.</summary>
    private static readonly TimeSpan s_fence = TimeSpan.FromSeconds(30);

    /// <summary>Runs once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await IsFirstAsync(cancellationToken))
        {
            var readings = await AlarmReadings.ReadAsync(sources.Jobs, clock.GetUtcNow(), cancellationToken);
            await SettleAsync([.. checks.Judge(readings)], cancellationToken);
            await SettleQuietAsync(cancellationToken);
        }

        await teller.TellAsync(cancellationToken);
    }

    /// <summary>Raises what is wrong and settles what is not any more.</summary>
    internal async Task SettleAsync(IReadOnlyList<AlarmFinding> findings, CancellationToken cancellationToken)
    {
        var keys = findings.Select(finding => finding.Key).ToList();
        var open = await context.Alarms.AsNoTracking().Where(alarm => alarm.ResolvedAt == null && keys.Contains(alarm.Key)).Select(alarm => alarm.Key).ToListAsync(cancellationToken);
        foreach (var finding in findings)
        {
            if (finding.Words is { } words)
            {
                await alarms.RaiseAsync(finding.Key, finding.Level, words.Text, cancellationToken);
            }
            else if (open.Contains(finding.Key))
            {
                await alarms.ResolveAsync(finding.Key, finding.Settled, cancellationToken);
            }
        }
    }

    /// <summary>What is raised by events has nobody who looks whether it is over: a while without another one settles it.</summary>
    private async Task SettleQuietAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = await context.Alarms.AsNoTracking().Where(alarm => alarm.ResolvedAt == null).Select(alarm => new { alarm.Key, alarm.LastAt }).ToListAsync(cancellationToken);
        foreach (var alarm in open.Where(alarm => AlarmCatalogue.Of(alarm.Key).Quiet is { } quiet && now - alarm.LastAt >= quiet))
        {
            await alarms.ResolveAsync(alarm.Key, cancellationToken);
        }
    }

    private async Task<bool> IsFirstAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO service_marks (name, at) VALUES ({Mark}, {now})
            ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE service_marks.at <= {now - s_fence} OR service_marks.at > {now}
            """,
            cancellationToken) > 0;
    }
}
