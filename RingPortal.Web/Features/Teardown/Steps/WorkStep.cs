using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>
/// Cancels what was still to be done: schedules of albums, readings from Ring and notices that wait. Jobs in Hangfire carry ids only and find
/// nothing to do afterwards.
/// </summary>
internal sealed class WorkStep(RingPortalContext context) : ITeardownStep
{
    public string Name => "work";

    public Task<Func<CancellationToken, Task<StepResult>>> PrepareAsync(TeardownWork work, Func<CancellationToken, Task> keepAsync, CancellationToken cancellationToken) =>
        Task.FromResult<Func<CancellationToken, Task<StepResult>>>(token => CancelAsync(work, token));

    private async Task<StepResult> CancelAsync(TeardownWork work, CancellationToken cancellationToken)
    {
        // What was asked for after the removal is about a camera that is shared again.
        var readings = await context.SyncRequests
            .Where(request => request.RingTokenId == work.RingTokenId
                && (work.Kind == TeardownKind.Integration || (request.RingDeviceId == work.RingDeviceId && request.RequestedAt <= work.RequestedAt)))
            .ExecuteDeleteAsync(cancellationToken);
        var cameras = context.Cameras(work).Select(device => device.Id);
        var notices = await context.NotificationPreferences.IgnoreQueryFilters()
            .Where(preference => preference.PendingSince != null && cameras.Contains(preference.DeviceId))
            .ExecuteUpdateAsync(
                set => set.SetProperty(preference => preference.PendingSince, (DateTimeOffset?)null).SetProperty(preference => preference.DueAt, (DateTimeOffset?)null),
                cancellationToken);
        // Turned off and not deleted yet: the archive shows them as they were.
        var schedules = await context.SnapshotSchedules.Where(schedule => schedule.NextSlot != null && cameras.Contains(schedule.DeviceId)).ExecuteUpdateAsync(
            set => set.SetProperty(schedule => schedule.NextSlot, (DateTimeOffset?)null).SetProperty(schedule => schedule.NextAttemptAt, (DateTimeOffset?)null),
            cancellationToken);
        return new StepResult($"{Amount.Of(schedules, "schedule")}, {Amount.Of(readings, "reading")} and {Amount.Of(notices, "notice")} cancelled");
    }
}
