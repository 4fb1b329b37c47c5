using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Linking;
using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Linking;

/// <summary>How far a claim is, in the order of the progress page.</summary>
public enum LinkStage
{
    /// <summary>Consent is stored; Ring has not confirmed.</summary>
    Confirming,

    /// <summary>Ring confirmed; completion is outstanding.</summary>
    Completing,

    /// <summary>Linked; the cameras are being listed.</summary>
    Loading,

    /// <summary>Linked, cameras listed.</summary>
    Done,

    /// <summary>Ring refused.</summary>
    Refused,

    /// <summary>Ring was silent until the nonce ran out.</summary>
    TimedOut,

    /// <summary>Was linked and is not any more.</summary>
    Over,
}

/// <summary>A camera on the success page.</summary>
public sealed record LinkedCamera(string Name, bool? Online);

/// <summary>What the progress and success page shows.</summary>
public sealed record LinkProgressView(
    LinkStage Stage, string? MaskedAccount, string Reference, DateTimeOffset ConsentedAt, DateTimeOffset? Deadline, IReadOnlyList<LinkedCamera> Cameras);

/// <summary>Reads how the newest claim of a person stands.</summary>
internal sealed class LinkProgress(RingPortalContext context)
{
    public async Task<LinkProgressView?> NewestAsync(Guid userId, CancellationToken cancellationToken)
    {
        var newest = await context.UsedNonces.AsNoTracking()
            .Where(used => used.UserId == userId)
            .OrderByDescending(used => used.UsedAt)
            .Join(context.RingTokens, used => used.RingTokenId, token => (Guid?)token.Id, (used, token) => new { used, token })
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            return null;
        }

        var stage = StageOf(newest.used, newest.token, userId);
        var cameras = stage is LinkStage.Done ? await CamerasAsync(newest.token.Id, cancellationToken) : [];
        return new LinkProgressView(stage, newest.token.MaskedAccount, newest.used.Reference, newest.used.UsedAt, newest.token.ClaimDeadline, cameras);
    }

    private static LinkStage StageOf(UsedNonce used, RingToken token, Guid userId) => (used.Outcome, token.State) switch
    {
        (LinkOutcome.Refused, _) => LinkStage.Refused,
        (LinkOutcome.TimedOut, _) => LinkStage.TimedOut,
        (_, _) when token.UserId != userId => LinkStage.Over,
        (_, RingTokenState.Claiming or RingTokenState.Uncertain) => LinkStage.Confirming,
        (_, RingTokenState.Confirmed) => LinkStage.Completing,
        (LinkOutcome.Running, RingTokenState.Active) => LinkStage.Loading,
        (LinkOutcome.Linked, RingTokenState.Active or RingTokenState.ReauthRequired) => LinkStage.Done,
        _ => LinkStage.Over,
    };

    private async Task<IReadOnlyList<LinkedCamera>> CamerasAsync(Guid ringTokenId, CancellationToken cancellationToken) =>
        await context.Devices.AsNoTracking().Where(device => device.RingTokenId == ringTokenId).OrderBy(device => device.Name)
            .Select(device => new LinkedCamera(device.Name, device.Online)).ToListAsync(cancellationToken);
}
