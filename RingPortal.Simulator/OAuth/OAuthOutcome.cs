namespace RingPortal.Simulator.OAuth;

/// <summary>What the token desk answers.</summary>
internal abstract record OAuthOutcome
{
    private OAuthOutcome()
    {
    }

    public sealed record Granted(string AccessToken, string RefreshToken, int ExpiresIn, string AccountKey) : OAuthOutcome;

    public sealed record Refused(string Why, string? AccountKey = null) : OAuthOutcome;
}
