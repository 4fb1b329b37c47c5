using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Page;

/// <summary>The buttons of the trouble with video.</summary>
internal static class PlayVideoEndpoints
{
    public static void MapPlayVideo(this IEndpointRouteBuilder play) => play.MapPost("/video", SetAsync);

    private static Task<IResult> SetAsync(HttpContext context, AccountBook accounts, RingSettings settings) => PlayForm.ActAsync(
        context,
        accounts,
        (_, form) =>
        {
            var reset = form["act"] == "reset";
            settings.Live = Choose(VideoTroubles.Live, reset ? "usual" : form["live"], new(), settings.Live);
            settings.Media = Choose(VideoTroubles.Media, reset ? "usual" : form["media"], settings.UsualMedia, settings.Media);
            settings.History = Choose(VideoTroubles.History, reset ? "usual" : form["history"], new(), settings.History);
        },
        "#video");

    private static T Choose<T>(IReadOnlyList<VideoTrouble<T>> all, string? key, T usual, T present)
        where T : class => all.FirstOrDefault(one => one.Key == key)?.Make(usual) ?? present;
}
