using Microsoft.Extensions.Options;
using RingPortal.Web.Account;

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

internal sealed class SubscriptionsOptionsValidator : IValidateOptions<SubscriptionsOptions>
{
    public ValidateOptionsResult Validate(string? name, SubscriptionsOptions options)
    {
        var failures = new List<string>();
        if (!Enum.IsDefined(options.Gate))
        {
            failures.Add("Subscriptions__Gate must be Off or On.");
        }

        failures.AddRange(options.BypassEmails.Select((email, index) => (email, index))
            .Where(entry => !EmailAddress.IsPlausible(entry.email))
            .Select(entry => $"Subscriptions__BypassEmails__{entry.index} is no e-mail address."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
