namespace RingPortal.Web.Account.Staff;

/// <summary>A change that somebody of the staff wants to make, as the audit trail will tell it.</summary>
/// <param name="Action">What, for example <c>webhook.replayed</c>; at most 60 characters.</param>
/// <param name="Target">On what: kind and our own key, for example <c>delivery:0199…</c>; at most 100 characters. Null when it is on many.</param>
/// <param name="Reason">Why, in the operator's words: at least 10 characters.</param>
public sealed record StaffAct(string Action, string? Target, string Reason)
{
    /// <summary>The person whom it concerns.</summary>
    public Guid? SubjectUserId { get; init; }

    /// <summary>Facts for the trail: ids, counts, states; nothing personal, nothing secret.</summary>
    public object? Details { get; init; }
}

/// <summary>What an act came to.</summary>
/// <param name="Count">On how many things it was done.</param>
/// <param name="RefusalKey">Key of the text that says why not; then everything is taken back and nothing is recorded.</param>
public sealed record ActResult(int Count, string? RefusalKey = null);
