using System.Text.Json;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>How changes travel through PostgreSQL: <c>[["user",kind,"device","event","cause"],...]</c>, ids without dashes, empty ends left out.</summary>
internal static class FeedWire
{
    public const string Channel = "portal_feed";

    /// <summary>PostgreSQL refuses 8,000 bytes; everything written here is ASCII.</summary>
    public const int Limit = 7_900;

    /// <summary>One entry.</summary>
    public static string Entry(FeedChange change)
    {
        const string Empty = ",\"\"";
        var entry = $"[\"{change.UserId:N}\",{(int)change.Kind},\"{change.DeviceId:N}\",\"{change.EventId:N}\",\"{change.Cause:N}\"";
        while (entry.EndsWith(Empty, StringComparison.Ordinal))
        {
            entry = entry[..^Empty.Length];
        }

        return entry + "]";
    }

    /// <summary>As many entries as one message holds, from the front; at least one.</summary>
    /// <returns>The message and how many changes it tells.</returns>
    public static (string Payload, int Told) Write(IReadOnlyList<FeedChange> changes)
    {
        var entries = new List<string>();
        var length = 2;
        foreach (var change in changes)
        {
            var entry = Entry(change);
            if (entries.Count > 0 && length + entry.Length + 1 > Limit)
            {
                break;
            }

            entries.Add(entry);
            length += entry.Length + 1;
        }

        return ($"[{string.Join(',', entries)}]", entries.Count);
    }

    /// <summary>What a message tells; null when nobody here can read it. A kind of a newer version means "read again".</summary>
    public static IReadOnlyList<FeedChange>? Read(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return [.. json.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static FeedChange Read(JsonElement entry)
    {
        var kind = (FeedKind)entry[1].GetInt32();
        return new FeedChange(Id(entry, 0) ?? throw new FormatException(), Enum.IsDefined(kind) ? kind : FeedKind.Everything, Id(entry, 2), Id(entry, 3)) { Cause = Id(entry, 4) };
    }

    private static Guid? Id(JsonElement entry, int place) =>
        entry.GetArrayLength() > place && entry[place].GetString() is { Length: > 0 } id ? Guid.ParseExact(id, "N") : null;
}
