using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Tokens;

/// <summary>The tokens of one installation as a row held them at one moment; <see cref="Version"/> tells whether they still are.</summary>
internal sealed record HeldTokens(
    Guid Id,
    RingTokenState State,
    int Version,
    byte[]? SealedAccessToken,
    byte[]? SealedRefreshToken,
    DateTimeOffset? AccessExpiresAt,
    Guid? LeaseId)
{
    public bool LivesAt(DateTimeOffset moment) => SealedAccessToken is not null && AccessExpiresAt > moment;

    /// <summary>Never the sealed bytes.</summary>
    public override string ToString() => $"{Id} {State} {Version}";
}
