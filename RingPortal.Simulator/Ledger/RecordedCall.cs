namespace RingPortal.Simulator.Ledger;

/// <summary>One call as the ledger keeps it. Secrets are never in it.</summary>
/// <param name="Number">Position in the ledger, from 1.</param>
/// <param name="At">When it ended, by the cloud's clock.</param>
/// <param name="FromRing">Ring called the partner; otherwise the partner called Ring.</param>
/// <param name="Operation">What was called.</param>
/// <param name="Account">Key of the account, when it is known.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path without query.</param>
/// <param name="Status">HTTP status, 0 when no answer came or was given.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Summary">What happened, in a few words.</param>
/// <param name="Loud">A caller's mistake that should never happen: shown in red.</param>
public sealed record RecordedCall(
    long Number,
    DateTimeOffset At,
    bool FromRing,
    RingOperation Operation,
    string? Account,
    string Method,
    string Path,
    int Status,
    TimeSpan Duration,
    string Summary,
    bool Loud);
