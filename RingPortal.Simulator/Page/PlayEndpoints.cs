using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.OAuth;
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
        play.MapPost("/remove", RemoveAsync);
        play.MapPost("/revoke", RevokeAsync);
        play.MapPost("/fault", FaultAsync);
        play.MapPost("/faults/clear", ClearAsync);
        play.MapPost("/clock", ClockAsync);
        play.MapPost("/settings", SettingsAsync);
        play.MapPlayEvents();
        play.MapPlayTrouble();
        play.MapPlayVideo();
    }

    private static IResult SignIn(string? account, AccountBook accounts, RingBackend backend) => accounts.Knows(account)
        ? TypedResults.Redirect(backend.BeginLink(account!, at: null).AbsoluteUri)
        : TypedResults.NotFound();

    private static IResult Live(long after, CallLedger calls, RingAppQueries page) =>
        RingJson.Answer(new LiveAnswer(page.Version, [.. calls.After(after).Select(LiveCall.Of)]));

    private static Task<IResult> InstallAsync(HttpContext context, AccountBook accounts, RingBackend backend) =>
        PlayForm.ActAsync(context, accounts, async (account, form) =>
            await backend.InstallAsync(account, new() { ShareDevices = Chosen(form) }, context.RequestAborted));

    private static Task<IResult> ShareAsync(HttpContext context, AccountBook accounts) =>
        PlayForm.ActAsync(context, accounts, (account, form) => accounts.Share(account, Chosen(form)));

    private static Task<IResult> RemoveAsync(HttpContext context, AccountBook accounts, RingBackend backend) =>
        PlayForm.ActAsync(context, accounts, (account, _) => backend.Uninstall(account, sendEvent: true, revoke: true, sendDeviceEvents: false));

    private static Task<IResult> RevokeAsync(HttpContext context, AccountBook accounts, TokenDesk tokens) =>
        PlayForm.ActAsync(context, accounts, (account, _) => tokens.Revoke(account));

    private static Task<IResult> FaultAsync(HttpContext context, AccountBook accounts, FaultPlan faults) => PlayForm.ActAsync(context, accounts, (_, form) =>
    {
        var choice = FaultChoice.All.FirstOrDefault(one => one.Key == form["kind"]);
        if (choice is not null && Enum.TryParse<RingOperation>(form["operation"], out var operation) && FaultChoice.Operations.Contains(operation))
            faults.Add(choice.Plan(operation, Math.Clamp(form.Number("times"), 1, 1_000)));
    });

    private static Task<IResult> ClearAsync(HttpContext context, AccountBook accounts, FaultPlan faults) =>
        PlayForm.ActAsync(context, accounts, (_, _) => faults.Clear());

    private static Task<IResult> ClockAsync(HttpContext context, AccountBook accounts, SimulatorClock clock) =>
        PlayForm.ActAsync(context, accounts, (_, form) => clock.Offset = TimeSpan.FromSeconds(Math.Clamp(form.Number("seconds"), -5_000_000, 5_000_000)));

    private static Task<IResult> SettingsAsync(HttpContext context, AccountBook accounts, RingSettings settings) => PlayForm.ActAsync(context, accounts, (_, form) =>
    {
        settings.BodyVariant = form.Choice("body", settings.BodyVariant);
        settings.AnswerShape = form.Choice("shape", settings.AnswerShape);
        settings.Rotation = form.Choice("rotation", settings.Rotation);
        settings.DeviceOrder = form.Choice("order", settings.DeviceOrder);
        settings.RefuseRepeatedCompleted = form.On("strict-completed");
        settings.TrialPlanIdAsNull = form.On("trial-null");
    });

    private static List<string> Chosen(IFormCollection form) => [.. form["share"].OfType<string>()];
}
