using Microsoft.AspNetCore.Http.HttpResults;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;

namespace RingPortal.Simulator.Control;

/// <summary>What happens to devices: changes of the account with the events that belong to them, and single events without any change.</summary>
internal static class DeviceControls
{
    public static void MapDeviceControls(this IEndpointRouteBuilder control)
    {
        control.MapPost("/accounts/{key}/share", ShareAsync);
        control.MapPost("/accounts/{key}/devices", AddAsync);
        Map("online", (accounts, key, id, options) => accounts.SetOnline(key, id, true, options));
        Map("offline", (accounts, key, id, options) => accounts.SetOnline(key, id, false, options));
        Map("take-out", (accounts, key, id, options) => accounts.RemoveDevice(key, id, RemovalCause.TakenOut, options));
        Map("delete", (accounts, key, id, options) => accounts.RemoveDevice(key, id, RemovalCause.DeletedAtRing, options));
        Map("revoke", (accounts, key, id, options) => accounts.RemoveDevice(key, id, RemovalCause.PermissionRevoked, options));
        Map("return", (accounts, key, id, options) => accounts.ReturnDevice(key, id, options));
        control.MapPost("/accounts/{key}/devices/{id}/motion", (string key, string id, HttpContext context, AccountBook accounts, RingEvents events, DeliveryLog log, string? kind, bool wait = false) =>
            SendAsync(context, accounts, key, log, wait, options => events.Motion(key, id, ControlJson.Choice<MotionKind>(kind) ?? MotionKind.Motion, options)));
        control.MapPost("/accounts/{key}/devices/{id}/press", (string key, string id, HttpContext context, AccountBook accounts, RingEvents events, DeliveryLog log, bool wait = false) =>
            SendAsync(context, accounts, key, log, wait, options => events.Press(key, id, options)));
        control.MapPost("/accounts/{key}/events/{type}", (string key, string type, HttpContext context, AccountBook accounts, RingEvents events, DeliveryLog log, string? device, bool wait = false) =>
            SendAsync(context, accounts, key, log, wait, options => events.Send(key, type, device, options)));

        control.MapPost("/accounts/{key}/day", (string key, AccountBook accounts, DayDesk days, double seconds = 60) =>
            accounts.Knows(key) ? ControlJson.Answer(ControlJson.Try(() => days.Begin(key, TimeSpan.FromSeconds(seconds)))) : TypedResults.NotFound());
        control.MapGet("/accounts/{key}/day", IResult (string key, DayDesk days) => days[key] is { } day ? ControlJson.Answer(day) : TypedResults.NotFound());
        control.MapDelete("/accounts/{key}/day", Stop);

        void Map(string act, Action<AccountBook, string, string, EventOptions> change) =>
            control.MapPost($"/accounts/{{key}}/devices/{{id}}/{act}", (string key, string id, HttpContext context, AccountBook accounts) => ChangeAsync(context, accounts, key, id, change));
    }

    private static NoContent Stop(string key, DayDesk days)
    {
        days.Stop(key);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ShareAsync(string key, HttpContext context, AccountBook accounts)
    {
        if (!accounts.Knows(key))
            return TypedResults.NotFound();

        accounts.Share(key, await context.ReadAsync<List<string>>());
        return ControlJson.Answer(accounts[key]);
    }

    private static async Task<IResult> AddAsync(string key, HttpContext context, AccountBook accounts)
    {
        if (!accounts.Knows(key))
            return TypedResults.NotFound();

        accounts.AddDevice(key, await context.ReadAsync<RingDevice>());
        return ControlJson.Answer(accounts[key]);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, AccountBook accounts, string key, string id, Action<AccountBook, string, string, EventOptions> change)
    {
        if (!accounts.Knows(key) || accounts[key].Devices.All(device => device.Id != id))
            return TypedResults.NotFound();

        change(accounts, key, id, await context.ReadOrNewAsync<EventOptions>());
        return ControlJson.Answer(accounts[key]);
    }

    private static async Task<IResult> SendAsync(HttpContext context, AccountBook accounts, string key, DeliveryLog log, bool wait, Func<EventOptions, SentEvent> send) =>
        accounts.Knows(key) ? await SentAsync(send(await context.ReadOrNewAsync<EventOptions>()), log, wait, context.RequestAborted) : TypedResults.NotFound();

    /// <summary>The event at once, or the delivery after its first attempt.</summary>
    internal static async Task<IResult> SentAsync(SentEvent sent, DeliveryLog log, bool wait, CancellationToken cancellationToken)
    {
        if (!wait)
            return ControlJson.Answer(sent);

        await sent.Attempted.WaitAsync(cancellationToken);
        return ControlJson.Answer(log[sent.Number]);
    }
}
