using Microsoft.AspNetCore.Http.HttpResults;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Page;

namespace RingPortal.Simulator.Control;

/// <summary>The controls over HTTP, for proofs that run the simulator as its own process: JSON in, JSON out.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapOwn("/control");
        control.MapGet("/accounts", (AccountBook accounts) => ControlJson.Answer(accounts.All.Select(account => new { account, integration = accounts.Integration(account.Key) })));
        control.MapPut("/accounts/{key}", PutAccountAsync);
        control.MapPost("/accounts/{key}/install", InstallAsync);
        control.MapPost("/accounts/{key}/sign-in", SignIn);
        control.MapPost("/accounts/{key}/remove", Remove);
        control.MapPost("/accounts/{key}/revoke", Revoke);
        control.MapGet("/calls", (CallLedger calls, long after = 0) => ControlJson.Answer(calls.After(after)));
        control.MapGet("/calls/count", (CallLedger calls, RingOperation operation, string? account, int? status) => ControlJson.Answer(calls.Count(operation, account, status)));
        control.MapGet("/faults", (FaultPlan faults) => ControlJson.Answer(faults.Planned));
        control.MapPost("/faults", AddFaultAsync);
        control.MapDelete("/faults", Clear);
        control.MapPut("/clock/{offsetSeconds:double}", (SimulatorClock clock, double offsetSeconds) => ControlJson.Answer(clock.Offset = TimeSpan.FromSeconds(offsetSeconds)));
        control.MapPut("/portal", SetPortalAsync);
        control.MapDeviceControls();
        control.MapDeliveryControls();
        control.MapWebhookControls();
        control.MapPlanControls();
        control.MapLiveControls();
        control.MapMediaControls();
        control.MapHistoryControls();
    }

    private static async Task<IResult> PutAccountAsync(string key, HttpContext context, AccountBook accounts)
    {
        var account = await context.ReadAsync<RingAccount>();
        accounts.Put(account with { Key = key });
        return ControlJson.Answer(accounts[key]);
    }

    private static async Task<IResult> InstallAsync(string key, HttpContext context, AccountBook accounts, RingBackend backend)
    {
        var install = await context.ReadOrNewAsync<InstallOptions>();
        return accounts.Knows(key) ? ControlJson.Answer(await backend.InstallAsync(key, install, context.RequestAborted)) : TypedResults.NotFound();
    }

    private static IResult SignIn(string key, AccountBook accounts, RingBackend backend, DateTimeOffset? at) =>
        accounts.Knows(key) ? ControlJson.Answer(new { url = backend.BeginLink(key, at) }) : TypedResults.NotFound();

    private static IResult Remove(string key, AccountBook accounts, RingBackend backend, bool sendEvent = true, bool revokeTokens = true, bool sendDeviceEvents = false)
    {
        if (!accounts.Knows(key))
            return TypedResults.NotFound();

        backend.Uninstall(key, sendEvent, revokeTokens, sendDeviceEvents);
        return TypedResults.NoContent();
    }

    private static IResult Revoke(string key, AccountBook accounts, TokenDesk tokens) =>
        accounts.Knows(key) ? ControlJson.Answer(new { ended = tokens.Revoke(key) }) : TypedResults.NotFound();

    private static async Task<IResult> AddFaultAsync(HttpContext context, FaultPlan faults)
    {
        faults.Add(await context.ReadAsync<Fault>());
        return ControlJson.Answer(faults.Planned);
    }

    private static NoContent Clear(FaultPlan faults)
    {
        faults.Clear();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SetPortalAsync(HttpContext context, RingSettings settings)
    {
        var portal = await context.ReadAsync<Uri>();
        ControlJson.Try(() => settings.PortalUrl = portal);
        return ControlJson.Answer(settings.PortalUrl);
    }
}
