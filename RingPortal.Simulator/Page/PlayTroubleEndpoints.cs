using System.Globalization;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Page;

/// <summary>The buttons of trouble with events, of bursts and of dead letters.</summary>
internal static class PlayTroubleEndpoints
{
    public static void MapPlayTrouble(this IEndpointRouteBuilder play)
    {
        play.MapPost("/trouble", TroubleAsync);
        play.MapPost("/burst", BurstAsync);
        play.MapPost("/replay", ReplayAsync);
    }

    private static Task<IResult> TroubleAsync(HttpContext context, AccountBook accounts, RingSettings settings, DeliveryEngine engine) => PlayForm.ActAsync(
        context,
        accounts,
        (_, form) =>
        {
            if (form["act"] == "reset")
                settings.ResetWebhooks();
            else if (form["act"] != "flush")
                settings.Webhooks = Read(form, settings.Webhooks);

            if (form["act"] == "flush" || settings.Webhooks.DisorderWindow < 2)
                engine.Flush();
        },
        "#trouble");

    private static WebhookSettings Read(IFormCollection form, WebhookSettings present)
    {
        var scaled = double.TryParse(form["factor"], NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 100;
        return present with
        {
            Copies = Math.Clamp(form.Number("copies"), 1, 1_000),
            CopiesAtOnce = form.On("at-once"),
            DisorderWindow = Math.Clamp(form.Number("window"), 0, 10_000),
            DisorderSeed = form.Number("seed"),
            Unreachable = form.On("unreachable"),
            Signature = form.Choice("signature", present.Signature),
            MotionForm = form.Choice("form", present.MotionForm),
            EventOffsetMilliseconds = Math.Clamp(form.Number("shift"), -5_000_000, 5_000_000) * 1_000L,
            NewRequestIdOnRetry = form.On("new-id"),
            NewTimeOnRetry = form.On("new-time"),
            DeadLetters = form.On("dead"),
            ScheduleFactor = scaled ? factor : present.ScheduleFactor,
            RetryMilliseconds = scaled ? null : present.RetryMilliseconds,
        };
    }

    private static Task<IResult> BurstAsync(HttpContext context, AccountBook accounts, BurstDesk bursts) => PlayForm.ActAsync(
        context,
        accounts,
        (account, form) =>
        {
            if (form["act"] == "stop")
            {
                bursts.Stop();
                return;
            }

            var rate = Math.Clamp(form.Number("rate"), 0, 5_000);
            try
            {
                bursts.Begin(new() { Type = form["type"].ToString(), Count = Math.Clamp(form.Number("count"), 1, 100_000), RatePerSecond = rate == 0 ? null : rate, Accounts = [account] });
            }
            catch (ArgumentException wrong)
            {
                throw new BadHttpRequestException(wrong.Message, wrong);
            }
        },
        "#trouble");

    private static Task<IResult> ReplayAsync(HttpContext context, AccountBook accounts, DeliveryEngine engine) => PlayForm.ActAsync(
        context,
        accounts,
        (_, form) =>
        {
            if (form["number"] == "all")
                engine.ReplayAll();
            else
                engine.Replay(form.Number("number"));
        },
        "#deliveries");
}
