using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>
/// Deletes what was archived. Events go in chunks, each a short transaction with a rest behind it, so that deliveries are
/// acknowledged as fast as ever meanwhile; what is left goes with the cameras.
/// </summary>
internal sealed class DeleteStep(RingPortalContext context, TimeProvider clock) : ITeardownStep
{
    public const int Chunk = 500;

    private const int ChunksPerLease = 20;

    public string Name => "delete";

    public async Task<Func<CancellationToken, Task<StepResult>>> PrepareAsync(TeardownWork work, Func<CancellationToken, Task> keepAsync, CancellationToken cancellationToken)
    {
        var cameras = await context.Cameras(work).Select(device => device.Id).ToArrayAsync(cancellationToken);
        var events = 0;
        var breath = new Breath(clock);
        for (var chunk = 0; ; chunk++)
        {
            if (chunk % ChunksPerLease == 0)
            {
                await keepAsync(cancellationToken);
            }

            var deleted = await context.Database.ExecuteSqlAsync(
                $"DELETE FROM device_events WHERE id IN (SELECT id FROM device_events WHERE device_id = ANY({cameras}) LIMIT {Chunk})", cancellationToken);
            events += deleted;
            if (deleted < Chunk)
            {
                break;
            }

            await breath.TakeAsync(cancellationToken);
        }

        return token => DeleteRestAsync(work, cameras, events, token);
    }

    private async Task<StepResult> DeleteRestAsync(TeardownWork work, Guid[] cameras, int events, CancellationToken cancellationToken)
    {
        if (work.Kind is TeardownKind.Integration)
        {
            await context.Subscriptions.Where(subscription => subscription.RingTokenId == work.RingTokenId).ExecuteDeleteAsync(cancellationToken);
        }

        var pictures = await context.Snapshots.Where(picture => cameras.Contains(picture.DeviceId) && picture.SealedContent != null).ExecuteDeleteAsync(cancellationToken);

        // A live view that Ring has not ended yet is still needed for that.
        await context.LiveSessions.Where(session => cameras.Contains(session.DeviceId) && session.ClosedAt != null).ExecuteDeleteAsync(cancellationToken);
        await context.NotificationPreferences.IgnoreQueryFilters().Where(preference => cameras.Contains(preference.DeviceId)).ExecuteDeleteAsync(cancellationToken);
        var deleted = await context.Devices.IgnoreQueryFilters()
            .Where(device => cameras.Contains(device.Id) && device.RemovedAt != null).ExecuteDeleteAsync(cancellationToken);
        return new StepResult($"{Amount.Of(deleted, "camera")}, {Amount.Of(events, "event")}, {Amount.Of(pictures, "picture")}");
    }
}
