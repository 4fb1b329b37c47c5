namespace RingPortal.Web.Account.Staff;

/// <summary>How an act of the staff ended.</summary>
public abstract record ActOutcome
{
    private ActOutcome()
    {
    }

    /// <summary>It is done and recorded.</summary>
    /// <param name="Count">On how many things.</param>
    public sealed record Done(int Count) : ActOutcome;

    /// <summary>The second factor is older than 15 minutes: <c>/Account/StepUp</c> asks for it.</summary>
    public sealed record StepNeeded : ActOutcome;

    /// <summary>Support, a consumer, or somebody who lost the right, the session or the account meanwhile.</summary>
    public sealed record NotAllowed : ActOutcome;

    /// <summary>The reason has fewer than 10 characters.</summary>
    public sealed record ReasonNeeded : ActOutcome;

    /// <summary>It cannot be done now; nothing changed.</summary>
    /// <param name="TextKey">Key of the text that says why.</param>
    public sealed record Refused(string TextKey) : ActOutcome;
}
