using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Media;

namespace RingPortal.Simulator.Control;

/// <summary>What goes wrong with pictures and clips on purpose.</summary>
internal static class MediaControls
{
    public static void MapMediaControls(this IEndpointRouteBuilder control)
    {
        control.MapGet("/media", (RingSettings settings) => ControlJson.Answer(settings.Media));
        control.MapPatch("/media", ChangeAsync);
        control.MapDelete("/media", Reset);
        control.MapGet("/media/address", (MediaOrigin origin) => ControlJson.Answer(origin.Address));
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, RingSettings settings)
    {
        var wanted = await context.ReadOverAsync(settings.Media);
        return ControlJson.Answer(ControlJson.Try(() => settings.Media = wanted));
    }

    private static IResult Reset(RingSettings settings)
    {
        settings.ResetMedia();
        return ControlJson.Answer(settings.Media);
    }
}
