namespace RingPortal.Web.Features.Subscriptions;

/// <summary>Whether cameras need a plan (<c>Subscriptions__…</c>).</summary>
public sealed class SubscriptionsOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Subscriptions";

    /// <summary>Off until the app is published: before that Ring's list is always empty, for reviewers too (contract 10.2).</summary>
    public PlanGate Gate { get; set; } = PlanGate.Off;

    /// <summary>E-mail addresses of accounts that need no plan, for Ring's reviewers.</summary>
    public IList<string> BypassEmails { get; } = [];
}

/// <summary>Whether a camera without a plan is shown without its services.</summary>
public enum PlanGate
{
    /// <summary>Every shared camera has access.</summary>
    Off,

    /// <summary>A camera has access while an active plan or trial names it.</summary>
    On,
}
