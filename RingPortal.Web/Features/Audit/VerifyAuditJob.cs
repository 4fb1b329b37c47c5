using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Audit.Desk;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Audit.Verification;

namespace RingPortal.Web.Features.Audit;

/// <summary>
/// Checks the whole audit trail each hour and when an operator asks, and writes down how far it is and what it found. A break
/// raises an alarm that names the place; it is never settled by itself.
/// </summary>
internal sealed partial class VerifyAuditJob(AuditVerifier verifier, AuditChecks checks, AuditAnchor anchor, Alarms alarms, ILogger<VerifyAuditJob> logger)
{
    /// <summary>Runs once; changes nothing but the alarm and its own row.</summary>
    public async Task RunAsync(CancellationToken cancellationToken) => await RunAsync(await checks.BeginAsync(cancellationToken), cancellationToken);

    /// <summary>Runs the look that an operator asked for; a repeat of one that is over changes nothing.</summary>
    public async Task RunAsync(Guid checkId, CancellationToken cancellationToken)
    {
        if (!await checks.TakeAsync(checkId, cancellationToken))
        {
            return;
        }

        try
        {
            var verdict = await checks.WatchAsync(checkId, progress => verifier.VerifyAsync(anchor.Newest, progress, cancellationToken), cancellationToken);
            await checks.FinishAsync(checkId, verdict, cancellationToken);
            await TellAsync(verdict, cancellationToken);
        }
        catch
        {
            // Whoever tries it again must not take it for somebody else's.
            await checks.LeaveAsync(checkId, CancellationToken.None);
            throw;
        }
    }

    private async Task TellAsync(AuditVerdict verdict, CancellationToken cancellationToken)
    {
        if (verdict.IsWhole)
        {
            Log.Whole(logger, verdict.Records, verdict.Seals, verdict.Newest);
            if (verdict.Newest is { } newest)
            {
                anchor.Saw(newest);
            }

            return;
        }

        foreach (var found in verdict.Breaks)
        {
            Log.Broken(logger, found.Kind, found.RecordId, found.Seal, found.Text);
        }

        await alarms.RaiseAsync(AuditAlarm.Key, AuditAlarm.Text(verdict.Breaks[0].Text), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The audit trail is whole: {Records} records in {Seals} seals, newest {Mark}")]
        public static partial void Whole(ILogger logger, long records, long seals, AuditMark? mark);

        [LoggerMessage(2, LogLevel.Critical, "The audit trail is broken ({Kind}) at record {Record}, seal {Seal}: {Text}")]
        public static partial void Broken(ILogger logger, AuditBreakKind kind, long? record, long? seal, string text);
    }
}
