using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Tokens;

/// <summary>The few changes of a row that go together, in one place each.</summary>
internal static class RingTokenChanges
{
    /// <exception cref="InvalidOperationException">The change is not in <see cref="RingTokenTransitions"/>.</exception>
    public static void MoveTo(this RingToken row, RingTokenState state, DateTimeOffset now)
    {
        if (!RingTokenTransitions.Allows(row.State, state))
        {
            throw new InvalidOperationException($"An installation that is {row.State.Name()} cannot become {state.Name()}.");
        }

        if (row.State != state)
        {
            row.State = state;
            row.StateChangedAt = now;
        }
    }

    /// <summary>Ends the row: nothing secret stays in it.</summary>
    public static void End(this RingToken row, RingTokenState ended, DateTimeOffset now)
    {
        row.MoveTo(ended, now);
        row.SealedCode = null;
        row.SealedCodeVerifier = null;
        row.SealedAccessToken = null;
        row.SealedRefreshToken = null;
        row.SealedNonce = null;
        row.AccessExpiresAt = null;
        row.NextAttemptAt = null;
        row.OutcomeUnknown = false;
        row.Version++;
        row.ReleaseLease();
    }

    public static void ReleaseLease(this RingToken row)
    {
        row.LeaseId = null;
        row.LeaseUntil = null;
    }
}
