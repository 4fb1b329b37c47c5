using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Pruning;

/// <summary>How long things are kept (days): <c>Inbox__RetentionDays</c> and its like, each in the section of what it is about.</summary>
public sealed class RetentionOptions
{
    /// <summary>Deliveries from Ring that are settled.</summary>
    public RetentionPeriod Inbox { get; } = new() { RetentionDays = 30 };

    /// <summary>Calls to the addresses registered at Ring.</summary>
    public RetentionPeriod Arrivals { get; } = new() { RetentionDays = 14 };

    /// <summary>The timelines of households.</summary>
    public RetentionPeriod Events { get; } = new() { RetentionDays = 60 };

    /// <summary>Pictures, those of albums at most.</summary>
    public RetentionPeriod Snapshots { get; } = new() { RetentionDays = 30 };

    /// <summary>Sealed audit records with their archives.</summary>
    public RetentionPeriod Audit { get; } = new() { RetentionDays = 365 };
}

/// <summary>One of them.</summary>
public sealed class RetentionPeriod
{
    /// <summary>Days.</summary>
    public int RetentionDays { get; set; }
}

/// <summary>Stops the start with a period that would break a promise; names the setting.</summary>
internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    private const int Longest = 3650;

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        string?[] failures =
        [
            // The keys against doubles stand in these rows, and Ring replays for days (contract 5.6).
            Check("Inbox", options.Inbox, 7),
            Check("Arrivals", options.Arrivals, 1),
            Check("Events", options.Events, 1),
            Check("Snapshots", options.Snapshots, 1),
            // The database itself refuses to prune younger ones.
            Check("Audit", options.Audit, 30),
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? Check(string section, RetentionPeriod period, int shortest) =>
        period.RetentionDays >= shortest && period.RetentionDays <= Longest ? null : $"{section}__RetentionDays must be {shortest} to {Longest}.";
}
