using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.OAuth;

namespace RingPortal.Simulator.Page;

/// <summary>The controls over HTTP, for proofs that run the simulator as its own process: JSON in, JSON out.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapOwn("/control");
        control.MapGet("/accounts", (AccountBook accounts) => Answer(accounts.All.Select(account => new { account, integration = accounts.Integration(account.Key) })));
        control.MapPut("/accounts/{key}", PutAccountAsync);
        control.MapPost("/accounts/{key}/install", InstallAsync);
        control.MapPost("/accounts/{key}/sign-in", SignIn);
        control.MapPost("/accounts/{key}/remove", Remove);
        control.MapPost("/accounts/{key}/revoke", Revoke);
        control.MapGet("/calls", (CallLedger calls, long after = 0) => Answer(calls.After(after)));
        control.MapGet("/calls/count", (CallLedger calls, RingOperation operation, string? account, int? status) => Answer(calls.Count(operation, account, status)));
        control.MapGet("/faults", (FaultPlan faults) => Answer(faults.Planned));
        control.MapPost("/faults", AddFaultAsync);
        control.MapDelete("/faults", Clear);
        control.MapPut("/clock/{offsetSeconds:double}", (SimulatorClock clock, double offsetSeconds) => Answer(clock.Offset = TimeSpan.FromSeconds(offsetSeconds)));
        control.MapPut("/portal", SetPortalAsync);
    }

    private static async Task<IResult> PutAccountAsync(string key, HttpContext context, AccountBook accounts)
    {
        var account = await ReadAsync<RingAccount>(context);
        accounts.Put(account with { Key = key });
        return Answer(accounts[key]);
    }

    private static async Task<IResult> InstallAsync(string key, HttpContext context, AccountBook accounts, RingBackend backend)
    {
        var install = context.Request.ContentLength > 0 ? await ReadAsync<InstallOptions>(context) : new();
        return accounts.Knows(key) ? Answer(await backend.InstallAsync(key, install, context.RequestAborted)) : TypedResults.NotFound();
    }

    private static IResult SignIn(string key, AccountBook accounts, RingBackend backend, DateTimeOffset? at) =>
        accounts.Knows(key) ? Answer(new { url = backend.BeginLink(key, at) }) : TypedResults.NotFound();

    private static IResult Remove(string key, AccountBook accounts, RingBackend backend, bool sendEvent = true, bool revokeTokens = true)
    {
        if (!accounts.Knows(key))
            return TypedResults.NotFound();

        backend.Uninstall(key, sendEvent, revokeTokens);
        return TypedResults.NoContent();
    }

    private static IResult Revoke(string key, AccountBook accounts, TokenDesk tokens) =>
        accounts.Knows(key) ? Answer(new { ended = tokens.Revoke(key) }) : TypedResults.NotFound();

    private static async Task<IResult> AddFaultAsync(HttpContext context, FaultPlan faults)
    {
        faults.Add(await ReadAsync<Fault>(context));
        return Answer(faults.Planned);
    }

    private static NoContent Clear(FaultPlan faults)
    {
        faults.Clear();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SetPortalAsync(HttpContext context, RingSettings settings)
    {
        settings.PortalUrl = await ReadAsync<Uri>(context);
        return Answer(settings.PortalUrl);
    }

    private static IResult Answer<T>(T body) => Results.Json(body, Json);

    /// <summary>A wrong body is the caller's mistake; <see cref="OwnPages"/> answers 400 with the reason.</summary>
    private static async Task<T> ReadAsync<T>(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<T>(Json, context.RequestAborted) ?? throw new BadHttpRequestException("The body is null.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new BadHttpRequestException(wrong.Message, wrong);
        }
    }
}
