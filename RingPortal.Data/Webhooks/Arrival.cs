namespace RingPortal.Data.Webhooks;

/// <summary>A call to one of the addresses registered at Ring: when, what we said and why. No body, no secret.</summary>
public sealed class Arrival
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Which address: <c>token</c>, <c>link</c>, <c>config</c> or <c>webhook</c>.</summary>
    public required string Route { get; init; }

    /// <summary>When it came (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was decided, for example <c>accepted</c>, <c>repeated</c>, <c>malformed</c>, <c>expired</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Why, in words for operators; null when the verdict says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>How long the answer took (ms).</summary>
    public required double ElapsedMilliseconds { get; init; }

    /// <summary>The caller's network (/24 or /48), not its address.</summary>
    public required string SourceNetwork { get; init; }

    /// <summary>Host name that the caller used.</summary>
    public required string Host { get; init; }
}
