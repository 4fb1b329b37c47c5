using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Faults;

/// <summary>A planned fault of one of Ring's operations.</summary>
public sealed record Fault
{
    /// <summary>Which operation fails; <see cref="RingOperation.Any"/> is each.</summary>
    public required RingOperation Operation { get; init; }

    /// <summary>How it fails.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>For how many calls; 0 or less means until cleared.</summary>
    public int Times { get; init; } = 1;

    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Seconds in <c>Retry-After</c>, when it is sent.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The code in the error of a media call; the one that belongs to the status, when it is not given.</summary>
    public string? Code { get; init; }

    /// <summary>How long a slow call waits.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>An error status without effect.</summary>
    public static Fault Answer(RingOperation operation, int status, int times = 1, string? code = null) =>
        new() { Operation = operation, Kind = FaultKind.Answer, Status = status, Times = times, Code = code };

    /// <summary>429 with <c>Retry-After</c>.</summary>
    public static Fault TooMany(RingOperation operation, int retryAfterSeconds, int times = 1) =>
        new() { Operation = operation, Kind = FaultKind.Answer, Status = 429, RetryAfterSeconds = retryAfterSeconds, Times = times };

    /// <summary>The call works after a delay.</summary>
    public static Fault Slow(RingOperation operation, TimeSpan delay, int times = 1) =>
        new() { Operation = operation, Kind = FaultKind.Slow, Delay = delay, Times = times };

    /// <summary>No answer; the effect happens only when <paramref name="afterEffect"/>.</summary>
    public static Fault Drop(RingOperation operation, bool afterEffect, int times = 1) =>
        new() { Operation = operation, Kind = afterEffect ? FaultKind.DropAfter : FaultKind.DropBefore, Times = times };

    /// <summary>An empty body, by default with 401 as Ring's front proxy does.</summary>
    public static Fault Empty(RingOperation operation, int status = 401, int times = 1) =>
        new() { Operation = operation, Kind = FaultKind.EmptyBody, Status = status, Times = times };

    /// <summary>An HTML page, by default with 502.</summary>
    public static Fault Html(RingOperation operation, int status = 502, int times = 1) =>
        new() { Operation = operation, Kind = FaultKind.HtmlBody, Status = status, Times = times };

    /// <summary>The fault in words.</summary>
    public string Describe() => Kind switch
    {
        FaultKind.Slow => $"slow by {Delay.TotalSeconds:0.###} s",
        FaultKind.Answer when RetryAfterSeconds is { } seconds => $"{Status}, Retry-After {seconds}",
        FaultKind.Answer => Code is null ? $"{Status}" : $"{Status} {Code}",
        FaultKind.EmptyBody => $"{Status} with an empty body",
        FaultKind.HtmlBody => $"{Status} with an HTML page",
        FaultKind.DropBefore => "connection cut before the effect",
        _ => "connection cut after the effect",
    };
}
