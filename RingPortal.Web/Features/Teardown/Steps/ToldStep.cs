using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>
/// Tells the person. A single camera is told of by the pages alone, with the commit that marked it; the end of a
/// connection also by e-mail, to a confirmed address.
/// </summary>
internal sealed class ToldStep(RingPortalContext context, Notices notices, OutboxWake mail) : ITeardownStep
{
    public string Name => "told";

    public Task<Func<CancellationToken, Task<StepResult>>> PrepareAsync(TeardownWork work, Func<CancellationToken, Task> keepAsync, CancellationToken cancellationToken) =>
        Task.FromResult<Func<CancellationToken, Task<StepResult>>>(token => TellAsync(work, token));

    private async Task<StepResult> TellAsync(TeardownWork work, CancellationToken cancellationToken)
    {
        if (work is not { Kind: TeardownKind.Integration, UserId: { } userId })
        {
            return new StepResult("by page");
        }

        var notice = new DisconnectedNotice(work.Name ?? "Ring", work.OccurredAt, work.Cause);
        return await notices.DisconnectedAsync(context, userId, notice, cancellationToken)
            ? new StepResult("by page and e-mail", mail.Wake)
            : new StepResult("by page; no confirmed address");
    }
}
