using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Live;

namespace RingPortal.Simulator.Control;

/// <summary>Live sessions, and what goes wrong with live video on purpose.</summary>
internal static class LiveControls
{
    public static void MapLiveControls(this IEndpointRouteBuilder control)
    {
        control.MapGet("/live", (RingSettings settings) => ControlJson.Answer(settings.Live));
        control.MapPatch("/live", ChangeAsync);
        control.MapDelete("/live", Reset);
        control.MapGet("/sessions", (LiveSessions sessions) => ControlJson.Answer(sessions.Opened));
        control.MapGet("/sessions/history", (LiveSessions sessions, string? account, string? device) => ControlJson.Answer(
            sessions.History.Where(one => (account ?? one.AccountKey) == one.AccountKey && (device ?? one.DeviceId) == one.DeviceId)));
        control.MapPost("/accounts/{key}/devices/{id}/sessions", Open);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, RingSettings settings)
    {
        var wanted = await context.ReadOverAsync(settings.Live);
        return ControlJson.Answer(ControlJson.Try(() => settings.Live = wanted));
    }

    private static IResult Reset(RingSettings settings) => ControlJson.Answer(settings.Live = new());

    private static IResult Open(string key, string id, HttpContext context, AccountBook accounts, LiveSessions sessions)
    {
        if (!accounts.Knows(key) || accounts[key].Visible.All(device => device.Id != id))
            return TypedResults.NotFound();

        var session = sessions.Open(key, id, new Uri($"{context.Request.Scheme}://{context.Request.Host}"));
        return TypedResults.Created(session.Location, session);
    }
}
