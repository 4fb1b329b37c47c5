using System.Globalization;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.State;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.History;

/// <summary><c>GET /v1/history/devices/{id}/events</c> (contract 10.1): newest first, since the user's consent.</summary>
internal static class HistoryEndpoints
{
    private const string Types = "event_types", Cursor = "page[key]";

    /// <summary>Events of one moment are set apart by milliseconds, so the newest may be a little ahead of the clock.</summary>
    private const int SetApartMilliseconds = 1_000;

    public static void MapHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/history/devices/{id}/events", List).WithMetadata(new WireOperation(RingOperation.History, Bearer: true, Types, Cursor));

    private static IResult List(string id, HttpContext context, HistoryBook history, RingStore store, RingSettings settings, SimulatorClock clock)
    {
        if (context.Notes().Caller is not { DevicesAllowed: true } caller)
            return context.Refuse(StatusCodes.Status403Forbidden, "Out of Scope Access", "Device consents are not active before the account is linked.");

        var device = store.Read(state => state.Accounts[caller.AccountKey].Devices.FirstOrDefault(one => one.Id == id));
        if (device is not { Shared: true })
            return context.Refuse(StatusCodes.Status404NotFound, "Not Found", "No such device for this account");

        if (!device.Permitted)
            return context.Refuse(StatusCodes.Status403Forbidden, "Forbidden", "The device is not permitted.");

        var wanted = context.Request.Query[Types].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (wanted.FirstOrDefault(type => !HistoryTypes.Filters.Contains(type)) is { } stranger)
            return context.Refuse(StatusCodes.Status400BadRequest, "Bad Request", $"event_types knows no '{stranger}'.", loud: true);

        var cursor = context.Request.Query[Cursor].ToString();
        if (cursor.Length > 0 && HistoryCursor.Parse(cursor) is null)
            return context.Refuse(StatusCodes.Status400BadRequest, "Bad Request", "Unknown cursor.", loud: true);

        var all = Visible(history.Of(caller.AccountKey, id), caller, settings, clock)
            .Where(entry => wanted.Length == 0 || wanted.Any(type => type == entry.EventType || type == $"{entry.EventType}.{entry.SubType}"))
            .Where(entry => HistoryCursor.Parse(cursor) is not { } behind || behind.IsBefore(entry))
            .Take(settings.History.PageSize + 1)
            .ToList();
        var page = all.Take(settings.History.PageSize).ToList();
        context.Notes().Summary = $"{device.Name}: {page.Count} events";
        return RingJson.Answer(Answer(device, page, Next(context, page, all.Count > page.Count, settings.History), settings.History, clock));
    }

    private static IEnumerable<HistoryEntry> Visible(IReadOnlyList<HistoryEntry> all, Installation caller, RingSettings settings, SimulatorClock clock)
    {
        var (since, now) = (settings.ConsentOf(caller), clock.GetUtcNow().ToUnixTimeMilliseconds());
        return all.Where(entry => entry.Start >= since && entry.Start <= now + SetApartMilliseconds);
    }

    private static string? Next(HttpContext context, List<HistoryEntry> page, bool more, HistorySettings settings)
    {
        var request = context.Request;
        if (settings.RawNext is { } raw)
            return raw.Replace("{cloud}", $"{request.Scheme}://{request.Host}", StringComparison.Ordinal).Replace("{device}", request.RouteValues["id"] as string, StringComparison.Ordinal);

        if (settings.RepeatNext)
            return request.Path + request.QueryString;

        if (!more && page.Count > 0 && !settings.AlwaysNext)
            return null;

        var filter = request.Query[Types].ToString();
        var behind = page.Count > 0 ? HistoryCursor.Behind(page[^1]) : request.Query[Cursor] is [{ Length: > 0 } same] ? same : HistoryCursor.Oldest;
        return $"{request.Path}?{(filter.Length == 0 ? "" : $"{Types}={Uri.EscapeDataString(filter)}&")}{Cursor}={behind}";
    }

    private static JsonObject Answer(RingDevice device, List<HistoryEntry> page, string? next, HistorySettings settings, SimulatorClock clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var answer = new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(entry => new JsonObject
            {
                ["type"] = "history-events",
                ["id"] = entry.Id,
                ["attributes"] = Attributes(entry, settings, now),
                ["relationships"] = new JsonObject { ["source"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "devices", ["id"] = device.Id } } },
            })]),
        };
        answer["links"] = next is null ? new JsonObject() : new JsonObject { ["next"] = next };
        return answer;
    }

    private static JsonObject Attributes(HistoryEntry entry, HistorySettings settings, long now)
    {
        var attributes = new JsonObject { ["event_type"] = entry.EventType, ["is_third_party_reviewed"] = entry.Reviewed, ["start"] = Time(entry.Start) };
        if (entry.End <= now)
            attributes["end"] = Time(entry.End.Value);

        if (settings.WithCvDetections && entry.SubType is not null)
            attributes["cv_detections"] = new JsonArray(entry.SubType);

        return attributes;

        JsonNode Time(long time) => settings.NumericStrings ? time.ToString(CultureInfo.InvariantCulture) : time;
    }
}
