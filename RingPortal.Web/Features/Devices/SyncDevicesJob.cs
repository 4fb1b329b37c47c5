using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>
/// Reads the cameras of a link again because an event, an outage or the night said so. Safe to run any number of times: what
/// nobody asks for any more is not read.
/// </summary>
[AutomaticRetry(Attempts = 3)]
public sealed class SyncDevicesJob(RingPortalContext context, IServiceProvider services, TimeProvider clock)
{
    /// <summary>Settles what is due for one link.</summary>
    public async Task RunAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        var queue = services.GetRequiredService<SyncQueue>();
        if (await queue.DueAsync(ringTokenId, SyncKind.Devices, cancellationToken) is not { Count: > 0 } due)
        {
            return;
        }

        var listed = await services.GetRequiredService<DeviceSync>().SyncAsync(ringTokenId, RingPriority.Interactive, cancellationToken);
        if (listed.Failure is RingFailure.Unauthorized or RingFailure.NotFound)
        {
            // The link is over or needs its person: a new connection lists the cameras anyway.
            await queue.SettleAsync(due, cancellationToken);
            return;
        }

        if (!listed.IsSuccess)
        {
            await queue.LaterAsync(due, listed.Failure.GetType().Name, cancellationToken);
            return;
        }

        await services.GetRequiredService<SuspectedRemovals>().ConfirmAsync(ringTokenId, [.. due.Select(request => request.RingDeviceId).Where(id => id.Length > 0)], cancellationToken);
        // Before the requests are gone: were it to fail behind them, nobody would come again.
        await ReleaseAsync(ringTokenId, cancellationToken);
        await queue.SettleAsync(due, cancellationToken);
    }

    /// <summary>Events that waited for a camera to be known can be applied now.</summary>
    private async Task ReleaseAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        var account = await context.RingTokens.Where(token => token.Id == ringTokenId && RingTokenTransitions.Living.Contains(token.State))
            .Select(token => token.AccountId).SingleOrDefaultAsync(cancellationToken);
        if (account is not null && await InboxParking.ReleaseAsync(context, ringTokenId, account, clock.GetUtcNow(), cancellationToken) > 0)
        {
            services.GetRequiredService<InboxWake>().Signal();
        }
    }
}
