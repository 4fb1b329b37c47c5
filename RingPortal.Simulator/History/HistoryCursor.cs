using System.Globalization;

namespace RingPortal.Simulator.History;

/// <summary>Where a page ended; opaque to the partner.</summary>
internal sealed record HistoryCursor(long Start, string Id)
{
    /// <summary>Behind everything.</summary>
    public const string Oldest = "0_0";

    public static string Behind(HistoryEntry last) => string.Create(CultureInfo.InvariantCulture, $"{last.Start}_{last.Id}");

    public static HistoryCursor? Parse(string text) =>
        text.Split('_', 2) is [var start, { Length: > 0 } id] && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? new(time, id) : null;

    /// <summary>Newest first: what is older comes behind it.</summary>
    public bool IsBefore(HistoryEntry entry) => entry.Start < Start || (entry.Start == Start && string.CompareOrdinal(entry.Id, Id) < 0);
}
