using RingPortal.Data.Account;

namespace RingPortal.Web.Account;

/// <summary>How a sign-in with a password ended.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>The password was right; the answer carries a new session.</summary>
    public sealed record SignedIn(PortalUser User) : SignInOutcome;

    /// <summary>The password was right; <c>/Account/SignInWith2fa</c> asks for the second factor. Nobody is signed in yet.</summary>
    public sealed record SecondStep : SignInOutcome;

    /// <summary>Unknown e-mail, wrong password or locked account: never told apart.</summary>
    public sealed record Wrong : SignInOutcome;

    /// <summary>Too many tries with this e-mail from this address; nothing was evaluated.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : SignInOutcome;
}
