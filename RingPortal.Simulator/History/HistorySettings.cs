namespace RingPortal.Simulator.History;

/// <summary>How the event history is told, and what is odd about it on purpose.</summary>
public sealed record HistorySettings
{
    /// <summary>Entries on a page.</summary>
    public int PageSize { get; init; } = 25;

    /// <summary><c>start</c> and <c>end</c> are strings, as in the example that Ring prints.</summary>
    public bool NumericStrings { get; init; }

    /// <summary>The last page has a <c>links.next</c> as well; it leads to an empty page. An empty page always has one, as Ring's example.</summary>
    public bool AlwaysNext { get; init; }

    /// <summary><c>links.next</c> is the address that was just called.</summary>
    public bool RepeatNext { get; init; }

    /// <summary><c>links.next</c> as it is written here, whatever it says; <c>{cloud}</c> stands for the cloud's address, <c>{device}</c> for the id.</summary>
    public string? RawNext { get; init; }

    /// <summary>Attributes have <c>cv_detections</c>, which was seen but is documented nowhere.</summary>
    public bool WithCvDetections { get; init; }

    /// <summary>Everybody's consent was given then; otherwise when the app was installed. Holds for pictures and clips as well.</summary>
    public DateTimeOffset? ConsentedSince { get; init; }

    /// <summary>What is wrong with these settings, a sentence each.</summary>
    internal IReadOnlyList<string> Problems() => PageSize is > 0 and <= 1_000 ? [] : [$"{nameof(PageSize)} must be from 1 to 1000."];
}
