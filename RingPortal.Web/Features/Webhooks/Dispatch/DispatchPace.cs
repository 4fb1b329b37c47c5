using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>
/// What the dispatcher does between its batches. Deliveries that wait for their acknowledgement come first: Ring gives us
/// seconds for those, and what was acknowledged is safe. While many wait, it rests a little, so it never stops.
/// </summary>
internal sealed class DispatchPace(IntakeAdmission admission, InboxWake wake, TimeProvider clock)
{
    /// <summary>So many at once wait only when the machine is at its limit: Ring's usual pace leaves one or two inside.</summary>
    public const int Crowd = 8;

    private const int MostSteps = 10;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <summary>A batch begins.</summary>
    public Breath Begin() => new(clock);

    /// <summary>After a batch of so many rows: until there is more, or for a rest where a backlog is known to wait.</summary>
    public async Task BetweenAsync(int rows, Breath breath, CancellationToken cancellationToken)
    {
        if (rows < InboxBatch.Size)
        {
            await wake.WaitAsync(s_poll, cancellationToken);
        }
        else
        {
            // What is in custody can wait, what is on its way to us cannot.
            await breath.TakeAsync(cancellationToken);
        }

        await GiveWayAsync(cancellationToken);
    }

    /// <summary>Returns at once when few wait, and after a quarter of a second at the latest.</summary>
    public async Task GiveWayAsync(CancellationToken cancellationToken)
    {
        for (var step = 0; step < MostSteps && admission.Inside >= Crowd; step++)
        {
            await Task.Delay(s_step, clock, cancellationToken);
        }
    }
}
