using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Events.History;

/// <summary>What Ring has of one camera.</summary>
internal sealed record ToldEvent(string Id, string Type, DateTimeOffset Start, DateTimeOffset? End = null, string? Motion = null, bool Reviewed = false);

/// <summary>
/// Ring's event history as strict as the contract (10.1) lets it be, and odd where a test says so: newest first, a cursor
/// that already holds the filter, the class of motion only behind a dotted filter.
/// </summary>
internal sealed class HistoryServer
{
    private readonly Dictionary<string, List<ToldEvent>> _cameras = [];

    public int PageSize { get; set; } = 25;

    /// <summary>Answers instead, where it has an answer for a camera.</summary>
    public Dictionary<string, Func<HttpContext, int, Task>> Odd { get; } = [];

    /// <summary>The queries that were sent for a camera.</summary>
    public IReadOnlyList<string> Asked(string camera)
    {
        lock (_cameras)
        {
            return [.. _asked.Where(call => call.Camera == camera).Select(call => call.Query)];
        }
    }

    private readonly List<(string Camera, string Query)> _asked = [];

    public void Put(string camera, params IEnumerable<ToldEvent> events)
    {
        lock (_cameras)
        {
            _cameras[camera] = [.. events.OrderByDescending(entry => entry.Start).ThenByDescending(entry => entry.Id, StringComparer.Ordinal)];
        }
    }

    public async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path.Value?.Split('/') is not ["", "v1", "history", "devices", var camera, "events"] || http.Request.Method != "GET")
        {
            await http.AnswerAsync(404, "{}");
            return;
        }

        int number;
        List<ToldEvent>? all;
        lock (_cameras)
        {
            _asked.Add((camera, http.Request.QueryString.ToString()));
            number = _asked.Count(call => call.Camera == camera);
            all = _cameras.GetValueOrDefault(camera);
        }

        if (Odd.TryGetValue(camera, out var odd))
        {
            await odd(http, number);
        }
        else if (http.Request.Headers.Authorization != "Bearer access-0")
        {
            await http.AnswerAsync(401, "{}");
        }
        else if (all is null)
        {
            await http.AnswerAsync(404, "{}");
        }
        else
        {
            await PageAsync(http, camera, all);
        }
    }

    private async Task PageAsync(HttpContext http, string camera, List<ToldEvent> all)
    {
        var (types, key) = (http.Request.Query["event_types"].ToString(), http.Request.Query["page[key]"].ToString());
        if (http.Request.Query.Keys.Any(name => name is not ("event_types" or "page[key]")) || (key.Length > 0 && !int.TryParse(key, out _)))
        {
            await http.AnswerAsync(400, "{}");
            return;
        }

        var fit = all.Where(entry => types.Length == 0 || types.Split(',').Any(type => type == entry.Type || type == $"{entry.Type}.{entry.Motion}")).ToList();
        var from = key.Length == 0 ? 0 : int.Parse(key, CultureInfo.InvariantCulture);
        var page = fit.Skip(from).Take(PageSize).ToList();
        var next = from + page.Count < fit.Count
            ? string.Create(CultureInfo.InvariantCulture, $"/v1/history/devices/{camera}/events?{(types.Length > 0 ? $"event_types={types}&" : "")}page[key]={from + page.Count}")
            : null;
        await http.AnswerAsync(200, Document(camera, page, next));
    }

    public static string Document(string camera, IEnumerable<ToldEvent> page, string? next)
    {
        var data = new JsonArray([.. page.Select(entry => new JsonObject
        {
            ["type"] = "history-events",
            ["id"] = entry.Id,
            ["attributes"] = Attributes(entry),
            ["relationships"] = new JsonObject { ["source"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "devices", ["id"] = camera } } },
        })]);
        return new JsonObject { ["data"] = data, ["links"] = next is null ? new JsonObject() : new JsonObject { ["next"] = next } }.ToJsonString();
    }

    private static JsonObject Attributes(ToldEvent entry)
    {
        var attributes = new JsonObject { ["event_type"] = entry.Type, ["is_third_party_reviewed"] = entry.Reviewed, ["start"] = entry.Start.ToUnixTimeMilliseconds() };
        if (entry.End is { } end)
        {
            attributes["end"] = end.ToUnixTimeMilliseconds();
        }

        return attributes;
    }
}
