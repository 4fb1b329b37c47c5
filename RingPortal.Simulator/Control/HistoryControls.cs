using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Control;

/// <summary>The event history: how it is told, and entries that no webhook tells of.</summary>
internal static class HistoryControls
{
    public static void MapHistoryControls(this IEndpointRouteBuilder control)
    {
        control.MapGet("/history", (RingSettings settings) => ControlJson.Answer(settings.History));
        control.MapPatch("/history", ChangeAsync);
        control.MapDelete("/history", (RingSettings settings) => ControlJson.Answer(settings.History = new()));
        control.MapGet("/accounts/{key}/devices/{id}/history", (string key, string id, HistoryBook history) => ControlJson.Answer(history.Of(key, id)));
        control.MapPost("/accounts/{key}/devices/{id}/history", AddAsync);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, RingSettings settings)
    {
        var wanted = await context.ReadOverAsync(settings.History);
        return ControlJson.Answer(ControlJson.Try(() => settings.History = wanted));
    }

    private static async Task<IResult> AddAsync(string key, string id, HttpContext context, AccountBook accounts, HistoryBook history, SimulatorClock clock)
    {
        var wanted = await context.ReadAsync<List<NewEntry>>();
        if (!accounts.Knows(key) || accounts[key].Devices.All(device => device.Id != id))
            return TypedResults.NotFound();

        return ControlJson.Answer(wanted.ConvertAll(entry => ControlJson.Try(() => history.Add(
            key, id, entry.EventType, entry.Begins(clock), entry.Begins(clock).AddMilliseconds(entry.LengthMilliseconds), entry.SubType, entry.Recorded))));
    }

    private sealed record NewEntry
    {
        public string EventType { get; init; } = HistoryTypes.Motion;

        public string? SubType { get; init; }

        public long? Start { get; init; }

        public long OffsetMilliseconds { get; init; }

        public int LengthMilliseconds { get; init; } = 18_100;

        public bool Recorded { get; init; } = true;

        public DateTimeOffset Begins(SimulatorClock clock) =>
            Start is { } start ? DateTimeOffset.FromUnixTimeMilliseconds(start) : clock.GetUtcNow().AddMilliseconds(OffsetMilliseconds);
    }
}
