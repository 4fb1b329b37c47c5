using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// Tells Ring of a claim: POST with the nonce, then PATCH, then the cameras. Every step is written before and after it
/// is made, so that a job on any instance goes on where another stopped. The claim itself is never repeated.
/// </summary>
internal sealed class LinkFinisher(ClaimRows rows, LinkConfirmation confirmation, LinkCompletion completion, LinkedAftermath aftermath)
{
    /// <summary>Does the next steps of one claim as far as Ring lets it; does nothing when somebody else is at it.</summary>
    public async Task FinishAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        if (await rows.TakeAsync(ringTokenId, cancellationToken) is not { } row)
        {
            return;
        }

        if (row.State is RingTokenState.Claiming or RingTokenState.Uncertain)
        {
            await confirmation.RunAsync(row, cancellationToken);
            row = await rows.ReloadAsync(ringTokenId, cancellationToken);
        }

        // Active without a completion: its tokens failed and recovered in between.
        if (row.State is RingTokenState.Confirmed || row is { State: RingTokenState.Active, LinkedAt: null })
        {
            await completion.RunAsync(row, cancellationToken);
            row = await rows.ReloadAsync(ringTokenId, cancellationToken);
        }

        if (row is { State: RingTokenState.Active, LinkedAt: not null })
        {
            await aftermath.RunAsync(ringTokenId, cancellationToken);
        }
    }
}
