using System.Diagnostics;
using RingPortal.Web.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

/// <summary>What people read when an account could not be opened, and at which field (ids <c>email</c>, <c>password</c>).</summary>
public static class SignUpErrors
{
    /// <summary>The sentence for a refused sign-up; too many tries have a page of their own.</summary>
    /// <exception cref="UnreachableException">The outcome is no refusal.</exception>
    public static FieldError For(SignUpOutcome outcome, Texts texts) => outcome switch
    {
        SignUpOutcome.BadEmail => new FieldError("email", texts["auth.email.bad"]),
        SignUpOutcome.Taken => new FieldError("email", texts["auth.taken"]),
        SignUpOutcome.TooShort => new FieldError("password", texts["auth.short"]),
        SignUpOutcome.TooLong => new FieldError("password", texts["auth.long"]),
        SignUpOutcome.Common => new FieldError("password", texts["auth.common"]),
        _ => throw new UnreachableException(),
    };
}
