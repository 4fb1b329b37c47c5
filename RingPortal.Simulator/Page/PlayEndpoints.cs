using System.Globalization;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.State;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Page;

/// <summary>The buttons of the main page; each goes back to it.</summary>
internal static class PlayEndpoints
{
    public static void MapPlay(this IEndpointRouteBuilder routes)
    {
        var play = routes.MapOwn("/play");
        play.MapGet("/sign-in", SignIn);
        play.MapGet("/live", Live);
        play.MapPost("/install", InstallAsync);
        play.MapPost("/share", ShareAsync);
        play.MapPost("/online", OnlineAsync);
        play.MapPost("/remove", RemoveAsync);
        play.MapPost("/revoke", RevokeAsync);
        play.MapPost("/fault", FaultAsync);
        play.MapPost("/faults/clear", ClearAsync);
        play.MapPost("/clock", ClockAsync);
        play.MapPost("/settings", SettingsAsync);
    }

    private static IResult SignIn(string? account, AccountBook accounts, RingBackend backend) => accounts.Knows(account)
        ? TypedResults.Redirect(backend.BeginLink(account!, at: null).AbsoluteUri)
        : TypedResults.NotFound();

    private static IResult Live(long after, CallLedger calls, RingStore store) =>
        RingJson.Answer(new LiveAnswer(store.Version, [.. calls.After(after).Select(LiveCall.Of)]));

    private static Task<IResult> InstallAsync(HttpContext context, AccountBook accounts, RingBackend backend) =>
        ActAsync(context, accounts, async (account, form) =>
            await backend.InstallAsync(account, new() { ShareDevices = Chosen(form) }, context.RequestAborted));

    private static Task<IResult> ShareAsync(HttpContext context, AccountBook accounts) =>
        ActAsync(context, accounts, (account, form) => accounts.Share(account, Chosen(form)));

    private static Task<IResult> OnlineAsync(HttpContext context, AccountBook accounts) => ActAsync(context, accounts, (account, form) =>
    {
        var device = accounts[account].Devices.FirstOrDefault(one => one.Id == form["device"]);
        if (device is not null)
            accounts.SetOnline(account, device.Id, !device.Online);
    });

    private static Task<IResult> RemoveAsync(HttpContext context, AccountBook accounts, RingBackend backend) =>
        ActAsync(context, accounts, (account, _) => backend.Uninstall(account, sendEvent: true, revoke: true, sendDeviceEvents: false));

    private static Task<IResult> RevokeAsync(HttpContext context, AccountBook accounts, TokenDesk tokens) =>
        ActAsync(context, accounts, (account, _) => tokens.Revoke(account));

    private static Task<IResult> FaultAsync(HttpContext context, AccountBook accounts, FaultPlan faults) => ActAsync(context, accounts, (_, form) =>
    {
        var choice = FaultChoice.All.FirstOrDefault(one => one.Key == form["kind"]);
        if (choice is not null && Enum.TryParse<RingOperation>(form["operation"], out var operation) && FaultChoice.Operations.Contains(operation))
            faults.Add(choice.Plan(operation, Math.Clamp(Number(form, "times"), 1, 1_000)));
    });

    private static Task<IResult> ClearAsync(HttpContext context, AccountBook accounts, FaultPlan faults) =>
        ActAsync(context, accounts, (_, _) => faults.Clear());

    private static Task<IResult> ClockAsync(HttpContext context, AccountBook accounts, SimulatorClock clock) =>
        ActAsync(context, accounts, (_, form) => clock.Offset = TimeSpan.FromSeconds(Math.Clamp(Number(form, "seconds"), -5_000_000, 5_000_000)));

    private static Task<IResult> SettingsAsync(HttpContext context, AccountBook accounts, RingSettings settings) => ActAsync(context, accounts, (_, form) =>
    {
        settings.BodyVariant = Choice(form, "body", settings.BodyVariant);
        settings.AnswerShape = Choice(form, "shape", settings.AnswerShape);
        settings.Rotation = Choice(form, "rotation", settings.Rotation);
        settings.DeviceOrder = Choice(form, "order", settings.DeviceOrder);
        settings.RefuseRepeatedCompleted = form["strict-completed"] == "on";
    });

    private static Task<IResult> ActAsync(HttpContext context, AccountBook accounts, Action<string, IFormCollection> act) =>
        ActAsync(context, accounts, (account, form) =>
        {
            act(account, form);
            return Task.CompletedTask;
        });

    private static async Task<IResult> ActAsync(HttpContext context, AccountBook accounts, Func<string, IFormCollection, Task> act)
    {
        if (!context.Request.HasFormContentType)
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!accounts.Knows(form["account"]))
            return TypedResults.NotFound();

        var account = form["account"].ToString();
        await act(account, form);
        context.Response.Headers.Location = $"/?account={Uri.EscapeDataString(account)}";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static List<string> Chosen(IFormCollection form) => [.. form["share"].OfType<string>()];

    private static int Number(IFormCollection form, string name) =>
        int.TryParse(form[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static T Choice<T>(IFormCollection form, string name, T present)
        where T : struct, Enum => Enum.TryParse<T>(form[name], out var value) && Enum.IsDefined(value) ? value : present;
}
