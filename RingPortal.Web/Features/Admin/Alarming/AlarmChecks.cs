using System.Globalization;
using RingPortal.Data.Admin;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>Judges what was read. Limits that have no setting are here.</summary>
internal sealed class AlarmChecks(Texts texts)
{
    private const int MostThrottled = 10;
    private const int ManyWaiting = 3;
    private const double ManyConnections = 0.8;
    private const double NoConnections = 0.95;
    private const long LittleDisk = 2_000_000_000;
    private const long NoDisk = 500_000_000;
    private const long FarBehind = 512L * 1024 * 1024;
    private static readonly TimeSpan s_longTransaction = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_slowCommit = TimeSpan.FromMilliseconds(500);
    private const int EnoughCommits = 50;

    /// <summary>One finding for each cause.</summary>
    public IEnumerable<AlarmFinding> Judge(AlarmReadings seen)
    {
        yield return Refreshes(seen);
        yield return If(seen.Throttled >= MostThrottled, AlarmCauses.Throttled, AlarmLevel.Warning, ("n", seen.Throttled));
        yield return If(seen.OldKey > 0, AlarmCauses.OldKey, AlarmLevel.Warning, ("n", seen.OldKey));
        var part = (double)seen.Connections / Math.Max(1, seen.MostConnections);
        yield return If(part >= ManyConnections, AlarmCauses.Connections, Urgent(part >= NoConnections), ("n", seen.Connections), ("m", seen.MostConnections));
        yield return If(seen.Waiting >= ManyWaiting, AlarmCauses.Waits, AlarmLevel.Warning, ("n", seen.Waiting));
        yield return Commits(seen);
        yield return If(seen.LeastFree < LittleDisk, AlarmCauses.Disk, Urgent(seen.LeastFree < NoDisk), ("size", Figures.Size(seen.LeastFree ?? 0)));
        yield return If(seen.LongestTransaction > s_longTransaction, AlarmCauses.Transaction, AlarmLevel.Warning, ("t", Figures.Time(seen.LongestTransaction)));
        yield return If(seen.ReplicationLag > FarBehind, AlarmCauses.Replication, AlarmLevel.Warning, ("size", Figures.Size(seen.ReplicationLag ?? 0)));
    }

    private AlarmFinding Refreshes(AlarmReadings seen)
    {
        if (seen.Refused > 0)
        {
            return If(true, AlarmCauses.RefreshFailed, AlarmLevel.Critical, ("n", seen.Refused), ("Time", Clock(seen.RefusedSince ?? seen.Now)));
        }

        // Who never comes back is no recovery: then the last failure is just a day old.
        return AlarmFinding.Fine(
            AlarmCauses.RefreshFailed,
            seen.Recovered > 0 ? texts.Format("admin.alarm.refresh.recovered", ("n", seen.Recovered), ("Time", Clock(seen.Now))) : texts["admin.alarm.refresh.old"]);
    }

    private AlarmFinding Commits(AlarmReadings seen)
    {
        var slow = seen.CommitBuckets.Sum() >= EnoughCommits && FigureBuckets.Quantile(seen.CommitBuckets, 0.99) is { } p99 && p99 > s_slowCommit.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(p99)
            : (TimeSpan?)null;
        return If(slow is not null, AlarmCauses.Commit, AlarmLevel.Warning, ("t", Figures.Time(slow ?? TimeSpan.Zero)));
    }

    private AlarmFinding If(bool isWrong, string cause, AlarmLevel level, params ReadOnlySpan<(string, object?)> values) => isWrong
        ? new AlarmFinding(cause, new AlarmWords(texts.Format($"admin.alarm.{cause}.title", values), texts.Format($"admin.alarm.{cause}.body", values)), level)
        : AlarmFinding.Fine(cause);

    private static AlarmLevel Urgent(bool isUrgent) => isUrgent ? AlarmLevel.Critical : AlarmLevel.Warning;

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
