using RingPortal.Web.Features.Admin;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>
/// Each instance looks at the newest seal once a minute: one that it has seen must still be there as it was, or the end of
/// the trail was cut off or written anew.
/// </summary>
internal sealed partial class AuditAnchorWatch(
    AuditAnchor anchor, PortalReadiness readiness, PortalDataSources sources, Alarms alarms, ILogger<AuditAnchorWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMinutes(1);

    /// <summary>Looks once.</summary>
    /// <returns>Whether everything that was seen before is still there.</returns>
    internal async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var known = anchor.Newest;
        await using var command = sources.Jobs.CreateCommand("SELECT number, mac FROM audit_seals WHERE number = @known OR number = (SELECT max(number) FROM audit_seals) ORDER BY number");
        command.Parameters.AddWithValue("known", known?.Number ?? 0);
        var seen = new List<AuditMark>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                seen.Add(new AuditMark(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            }
        }

        if (known is not null && !seen.Exists(mark => mark.Number == known.Number && mark.Mac.AsSpan().SequenceEqual(known.Mac)))
        {
            await alarms.RaiseAsync(AuditAlarm.Key, AuditAlarm.Text($"Seal {known} was there and is not any more."), cancellationToken);
            return false;
        }

        seen.ForEach(anchor.Saw);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.Problem is null)
                {
                    await LookAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (DatabaseTrouble.Is(exception))
            {
                Log.Later(logger, exception.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The newest audit seal could not be looked at ({Reason}); trying again in a minute")]
        public static partial void Later(ILogger logger, string reason);
    }
}
