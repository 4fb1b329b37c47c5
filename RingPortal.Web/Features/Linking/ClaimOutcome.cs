namespace RingPortal.Web.Features.Linking;

/// <summary>What became of a consent.</summary>
internal abstract record ClaimOutcome
{
    /// <summary>This person holds the installation now; Ring is told next. Also the answer to the winner's repeat.</summary>
    public sealed record Claimed(Guid RingTokenId) : ClaimOutcome;

    /// <summary>Nothing matches: unknown, used by somebody else, or run out. One answer for all three.</summary>
    public sealed record NoMatch : ClaimOutcome;

    /// <summary>The Ring account is linked already.</summary>
    public sealed record Elsewhere : ClaimOutcome;
}
