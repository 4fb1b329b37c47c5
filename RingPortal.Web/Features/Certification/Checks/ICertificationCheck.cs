using RingPortal.Data.Certification;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Looks at one item of the list for real.</summary>
internal interface ICertificationCheck
{
    /// <summary>Key of the item.</summary>
    string Item { get; }

    /// <summary>Looks once. What is wrong with the portal is a finding, never an exception.</summary>
    Task<CheckFinding> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a check came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Evidence">What was seen, for operators: no secret, nothing personal.</param>
internal sealed record CheckFinding(CheckOutcome Outcome, string Evidence)
{
    public static CheckFinding Passed(string evidence) => new(CheckOutcome.Passed, evidence);

    public static CheckFinding Failed(string evidence) => new(CheckOutcome.Failed, evidence);

    public static CheckFinding NotApplicable(string evidence) => new(CheckOutcome.NotApplicable, evidence);

    public static CheckFinding NotRecorded(string evidence) => new(CheckOutcome.NotRecorded, evidence);

    /// <summary>Failed with all that is wrong, or passed with what is right.</summary>
    public static CheckFinding Of(IEnumerable<string?> wrong, string right)
    {
        var found = wrong.OfType<string>().ToList();
        return found.Count == 0 ? Passed(right) : Failed(string.Join("; ", found));
    }
}
