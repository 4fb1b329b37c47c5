namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>What a call to the Token Exchange URL brought.</summary>
internal abstract record CodeReading
{
    /// <summary>Exactly one usable code, and the PKCE verifier where one came with it.</summary>
    public sealed record Found(string Code, string? CodeVerifier) : CodeReading;

    /// <summary>No usable code.</summary>
    public sealed record Missing(string Reason) : CodeReading;
}
