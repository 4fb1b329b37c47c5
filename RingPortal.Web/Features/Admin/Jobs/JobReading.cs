using System.Globalization;
using System.Text.Json;
using Hangfire.Common;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>Reads what Hangfire stores about a state: a flat JSON object of texts.</summary>
internal static class JobReading
{
    private static readonly Dictionary<string, string> s_empty = [];

    /// <summary>The facts of a state; none when there are none.</summary>
    public static IReadOnlyDictionary<string, string> Data(string? json) =>
        json is null ? s_empty : JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? s_empty;

    /// <summary>A time among them (UTC).</summary>
    public static DateTimeOffset? Time(IReadOnlyDictionary<string, string> data, string name) =>
        data.TryGetValue(name, out var text) && JobHelper.DeserializeNullableDateTime(text) is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;

    /// <summary>How long a job ran, or has been running.</summary>
    public static TimeSpan? Duration(string state, IReadOnlyDictionary<string, string> data, DateTimeOffset? at, DateTimeOffset now) => state switch
    {
        "Succeeded" => Milliseconds(data, "PerformanceDuration"),
        "Processing" when (Time(data, "StartedAt") ?? at) is { } since && now > since => now - since,
        _ => null,
    };

    /// <summary>How often a job was begun.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="retries">Retries that it has asked for, as stored.</param>
    public static int Tries(string state, string? retries)
    {
        var asked = int.TryParse(retries, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        // Until it runs again, the last retry has not been a try.
        return state is "Enqueued" or "Scheduled" or "Awaiting" ? asked : asked + 1;
    }

    /// <summary>A text that is stored as JSON: <c>"clean-up-pool"</c> with its quotes.</summary>
    public static string? Unquote(string? json) => json is null or "null" ? null : json.Trim('"');

    /// <summary>The arguments of a job, each unquoted; what the worker fills in is left out.</summary>
    public static IReadOnlyList<string> Arguments(string json) =>
        [.. (JsonSerializer.Deserialize<List<string?>>(json) ?? []).Select(Unquote).OfType<string>()];

    /// <summary><c>System.TimeoutException</c> becomes <c>TimeoutException</c>.</summary>
    public static string? ShortError(string? type) => type?.Split('.')[^1];

    /// <summary>A moment of a job's life.</summary>
    public static JobMoment Moment(string state, DateTimeOffset at, string? reason, string? json)
    {
        var data = Data(json);
        var error = ShortError(data.GetValueOrDefault("ExceptionType"));
        return new JobMoment(
            state, at, reason, Instance(data.GetValueOrDefault("ServerId")), Milliseconds(data, "PerformanceDuration"), Time(data, "EnqueueAt"),
            error is null ? null : $"{error}: {data.GetValueOrDefault("ExceptionMessage")}", data.GetValueOrDefault("ExceptionDetails"), Unquote(data.GetValueOrDefault("Result")));
    }

    /// <summary>Host and process of a server's name, which goes on with a random part.</summary>
    public static string? Instance(string? server) => server is null ? null : string.Join(':', server.Split(':').Take(2));

    private static TimeSpan? Milliseconds(IReadOnlyDictionary<string, string> data, string name) =>
        data.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? TimeSpan.FromMilliseconds(value) : null;
}
