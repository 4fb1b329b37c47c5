using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>Completes a confirmed claim at Ring (contract 3.5). Mandatory: without it Ring sends no events.</summary>
internal sealed partial class LinkCompletion(ClaimRows rows, LinkAccess access, RingClient ring, ILogger<LinkCompletion> logger)
{
    public async Task RunAsync(RingToken row, CancellationToken cancellationToken)
    {
        await rows.AttemptAsync(row, row.State, cancellationToken);
        var owner = await rows.MaskedOwnerAsync(row, cancellationToken);
        var result = await access.CallAsync(row.Id, (token, ct) => ring.SetLinkStatusAsync(token, RingIntegrationStatus.Completed, owner, ct), cancellationToken);
        row = await rows.ReloadAsync(row.Id, cancellationToken);
        if (row.State is not (RingTokenState.Confirmed or RingTokenState.Active))
        {
            return;
        }

        // Ring confirmed before and calls the change impossible now: it is completed already.
        if (result.IsSuccess || result.Failure is RingFailure.Refused { IsInvalidTransition: true })
        {
            await rows.ActivatedAsync(row, cancellationToken);
            return;
        }

        Log.NotCompleted(logger, row.Id, result.Failure.GetType().Name, row.Attempts);
        await rows.LaterAsync(row, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Ring did not complete {RingTokenId} ({Failure}); attempt {Attempts}")]
        public static partial void NotCompleted(ILogger logger, Guid ringTokenId, string failure, int attempts);
    }
}
