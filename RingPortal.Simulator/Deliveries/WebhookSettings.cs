using RingPortal.Simulator.Events;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Deliveries;

/// <summary>How events are sent, and what goes wrong with them on purpose.</summary>
public sealed record WebhookSettings
{
    /// <summary>Shortens or stretches Ring's pauses between attempts: 0.01 makes 36 seconds of an hour. The limit for an answer stays 5 s.</summary>
    public double ScheduleFactor { get; init; } = 1;

    /// <summary>Other pauses than Ring's, in milliseconds, not scaled; <see langword="null"/> for Ring's.</summary>
    public IReadOnlyList<int>? RetryMilliseconds { get; init; }

    /// <summary>How many attempts may be under way at once.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Base addresses of the partner's instances, used in turn by every attempt; none sends all to <see cref="RingSettings.PortalUrl"/>.</summary>
    public IReadOnlyList<Uri> Targets { get; init; } = [];

    /// <summary>A retry has a request id of its own.</summary>
    public bool NewRequestIdOnRetry { get; init; }

    /// <summary>A retry has a <c>meta.time</c> of its own.</summary>
    public bool NewTimeOnRetry { get; init; }

    /// <summary>Keeps what could not be delivered for 72 hours, to be replayed.</summary>
    public bool DeadLetters { get; init; } = true;

    /// <summary>Where motion's sub-type stands.</summary>
    public MotionForm MotionForm { get; init; }

    /// <summary>Milliseconds to add to the time of every event.</summary>
    public long EventOffsetMilliseconds { get; init; }

    /// <summary>What is wrong with every signature.</summary>
    public SignatureFault Signature { get; init; }

    /// <summary>No attempt reaches the partner, as when its network is down.</summary>
    public bool Unreachable { get; init; }

    /// <summary>How often every event is delivered.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Copies go out at once; otherwise each when the one before is decided.</summary>
    public bool CopiesAtOnce { get; init; } = true;

    /// <summary>Holds back so many deliveries and sends them shuffled; 1 or less sends them as they come.</summary>
    public int DisorderWindow { get; init; }

    /// <summary>The same seed shuffles in the same way.</summary>
    public int DisorderSeed { get; init; } = 1;

    /// <summary>Milliseconds after which a window is sent though it is not full.</summary>
    public int DisorderHoldMilliseconds { get; init; } = 1_000;

    internal static WebhookSettings Of(RingCloudOptions options) => new()
    {
        ScheduleFactor = options.ScheduleFactor,
        RetryMilliseconds = options.WebhookRetryMilliseconds,
        Concurrency = options.WebhookConcurrency,
    };

    /// <summary>What is wrong with these settings, a sentence each.</summary>
    internal IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Check(ScheduleFactor is > 0 and <= 100, nameof(ScheduleFactor), "must be greater than 0 and at most 100");
        Check(RetryMilliseconds?.All(pause => pause >= 0) != false, nameof(RetryMilliseconds), "must not be negative");
        Check(Concurrency is > 0 and <= 10_000, nameof(Concurrency), "must be from 1 to 10000");
        Check(Targets.All(target => target is { IsAbsoluteUri: true, Scheme: "http" or "https" }), nameof(Targets), "must be http addresses");
        Check(Copies is > 0 and <= 1_000, nameof(Copies), "must be from 1 to 1000");
        Check(DisorderWindow is >= 0 and <= 100_000, nameof(DisorderWindow), "must be from 0 to 100000");
        Check(DisorderHoldMilliseconds is > 0 and <= 600_000, nameof(DisorderHoldMilliseconds), "must be from 1 to 600000");
        return problems;

        void Check(bool good, string name, string rule)
        {
            if (!good)
                problems.Add($"{name} {rule}.");
        }
    }
}
