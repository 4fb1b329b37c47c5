using RingPortal.Data.Account;

namespace RingPortal.Web.Account;

/// <summary>How the making of an account ended.</summary>
public abstract record SignUpOutcome
{
    private SignUpOutcome()
    {
    }

    /// <summary>The account exists, its confirmation message is on its way and the answer carries a new session.</summary>
    public sealed record Created(PortalUser User) : SignUpOutcome;

    /// <summary>The e-mail already has an account.</summary>
    public sealed record Taken : SignUpOutcome;

    /// <summary>The e-mail does not look like one.</summary>
    public sealed record BadEmail : SignUpOutcome;

    /// <summary>The password has fewer than 12 characters.</summary>
    public sealed record TooShort : SignUpOutcome;

    /// <summary>The password has more than 128 characters.</summary>
    public sealed record TooLong : SignUpOutcome;

    /// <summary>The password is easy to guess.</summary>
    public sealed record Common : SignUpOutcome;

    /// <summary>Too many accounts from this address; nothing was stored.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : SignUpOutcome;
}
