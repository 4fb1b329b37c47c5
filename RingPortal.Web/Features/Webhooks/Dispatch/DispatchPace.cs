using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>
/// Deliveries that wait for their acknowledgement come first: Ring gives us seconds for those, and what was acknowledged is
/// safe. While many wait, the dispatcher rests a little between its batches, so it never stops.
/// </summary>
internal sealed class DispatchPace(IntakeAdmission admission, TimeProvider clock)
{
    /// <summary>So many at once wait only when the machine is at its limit: Ring's usual pace leaves one or two inside.</summary>
    public const int Crowd = 8;

    private const int MostSteps = 10;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns at once when few wait, and after a quarter of a second at the latest.</summary>
    public async Task GiveWayAsync(CancellationToken cancellationToken)
    {
        for (var step = 0; step < MostSteps && admission.Inside >= Crowd; step++)
        {
            await Task.Delay(s_step, clock, cancellationToken);
        }
    }
}
