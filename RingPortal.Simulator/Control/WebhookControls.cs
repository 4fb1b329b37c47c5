using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Control;

/// <summary>How events are sent, what goes wrong with them on purpose, and raw bytes.</summary>
internal static class WebhookControls
{
    public static void MapWebhookControls(this IEndpointRouteBuilder control)
    {
        control.MapGet("/webhooks", (RingSettings settings) => ControlJson.Answer(settings.Webhooks));
        control.MapPatch("/webhooks", ChangeAsync);
        control.MapDelete("/webhooks", Reset);
        control.MapPost("/webhooks/flush", Flush);
        control.MapPost("/webhooks/raw", RawAsync).WithMetadata(new AnyLength());
        control.MapGet("/bursts", (BurstDesk bursts) => ControlJson.Answer(bursts.All));
        control.MapGet("/bursts/{number:int}", IResult (int number, BurstDesk bursts) => bursts.All.FirstOrDefault(burst => burst.Number == number) is { } burst ? ControlJson.Answer(burst) : TypedResults.NotFound());
        control.MapPost("/bursts", BurstAsync);
        control.MapDelete("/bursts", StopBursts);
        control.MapGet("/settings", (RingSettings settings) => ControlJson.Answer(WireSettings.Of(settings)));
        control.MapPatch("/settings", SetWireAsync);
        control.MapPut("/hmac-key", SetKeyAsync);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, RingSettings settings, DeliveryEngine engine)
    {
        var wanted = await context.ReadOverAsync(settings.Webhooks);
        ControlJson.Try(() => settings.Webhooks = wanted);
        if (wanted.DisorderWindow < 2)
            engine.Flush();

        return ControlJson.Answer(settings.Webhooks);
    }

    private static IResult Reset(RingSettings settings, DeliveryEngine engine)
    {
        settings.ResetWebhooks();
        engine.Flush();
        return ControlJson.Answer(settings.Webhooks);
    }

    private static NoContent Flush(DeliveryEngine engine)
    {
        engine.Flush();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RawAsync(HttpContext context, RingEvents events, DeliveryLog log, string? account, string? signature, int? copies, bool wait = false)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var sent = events.Raw(body.ToArray(), account, new() { Signature = ControlJson.Choice<SignatureFault>(signature), Copies = copies });
        return await DeviceControls.SentAsync(sent, log, wait, context.RequestAborted);
    }

    private static async Task<IResult> BurstAsync(HttpContext context, BurstDesk bursts)
    {
        var wanted = await context.ReadAsync<BurstOptions>();
        return ControlJson.Answer(ControlJson.Try(() => bursts.Begin(wanted)));
    }

    private static NoContent StopBursts(BurstDesk bursts)
    {
        bursts.Stop();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SetWireAsync(HttpContext context, RingSettings settings)
    {
        (await context.ReadOverAsync(WireSettings.Of(settings))).Apply(settings);
        return ControlJson.Answer(WireSettings.Of(settings));
    }

    private static async Task<NoContent> SetKeyAsync(HttpContext context, RingSettings settings)
    {
        var key = await context.ReadAsync<string>();
        ControlJson.Try(() => settings.HmacKey = key);
        return TypedResults.NoContent();
    }

    /// <summary>A proof sends bodies here that are longer than anything Ring's own addresses take.</summary>
    private sealed class AnyLength : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
