using System.Globalization;

namespace RingPortal.Web.Features.Certification.Outside;

/// <summary>What a call from outside came back with.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Time">How long it took.</param>
internal sealed record OutsideReply(int Status, TimeSpan Time)
{
    /// <summary>Why there was no answer, in words; null when there was one.</summary>
    public string? Trouble { get; init; }

    /// <summary>The body as text, at most 1 MiB.</summary>
    public string Body { get; init; } = "";

    /// <summary>Its media type.</summary>
    public string? MediaType { get; init; }

    /// <summary>Where a redirect leads, as sent.</summary>
    public string? Location { get; init; }

    /// <summary>The <c>Vary</c> header.</summary>
    public string Vary { get; init; } = "";

    /// <summary>The <c>Date</c> header (UTC).</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Cookies that were set, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>Whether the answer is a page.</summary>
    public bool IsPage => MediaType == "text/html";

    /// <summary>The answer in words: <c>200 text/html in 41 ms</c>.</summary>
    public string Words => Trouble ?? string.Create(
        CultureInfo.InvariantCulture, $"{Status}{(MediaType is null ? "" : " " + MediaType)}{(Location is null ? "" : " to " + Location)} in {Time.TotalMilliseconds:0} ms");

    /// <summary>Whether a redirect leads to this path of the same origin.</summary>
    public bool LeadsTo(string path) => Status == 303 && (Location == path || Location?.EndsWith(path, StringComparison.Ordinal) == true);
}
