using System.Globalization;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.State;
using RingPortal.Simulator.Video;

namespace RingPortal.Simulator.Media;

/// <summary>Finds what is recorded and draws it.</summary>
internal static class MediaFiles
{
    private const int TooEarly = 425;

    private const string Timestamp = "X-Media-Timestamp", Origin = "X-Media-Origin", Length = "X-Media-Length", Duration = "X-Media-Duration";

    public static IResult Image(HttpContext context, MediaTicket ticket)
    {
        var (recordings, wanted) = (context.RequestServices.GetRequiredService<Recordings>(), ticket.Image!);
        if (Find(context, ticket) is not { } device)
            return context.RefuseMedia(StatusCodes.Status404NotFound, "No such device for this account");

        var found = wanted.At is { } at
            ? recordings.Near(ticket.AccountKey, ticket.DeviceId, at, ticket.Since)
            : recordings.Latest(ticket.AccountKey, ticket.DeviceId, wanted.From, wanted.To, ticket.Since);
        if (found is not { } moment)
            return context.RefuseMedia(StatusCodes.Status416RangeNotSatisfiable, "There is no picture of this time.");

        if (!moment.Still && !recordings.IsReady(moment.At))
            return context.RefuseMedia(TooEarly, "The recording is not ready.");

        context.RequestServices.GetRequiredService<HistoryBook>().Review(ticket.AccountKey, ticket.DeviceId, moment.At, moment.At);
        context.Response.Headers[Timestamp] = Text(moment.At);
        context.Response.Headers[Origin] = moment.Still ? "snapshot" : "recording";
        context.Notes().Summary = $"{device.Name}: {(wanted.Png ? "PNG" : "JPEG")} of {Time(moment.At)}";
        return new MediaResult(wanted.Png ? "image/png" : "image/jpeg", StatusCodes.Status200OK, Drawn(device, moment.At, wanted), MediaFiller.None);
    }

    public static IResult Clip(HttpContext context, MediaTicket ticket)
    {
        var (services, wanted) = (context.RequestServices, ticket.Clip!);
        var (recordings, settings) = (services.GetRequiredService<Recordings>(), services.GetRequiredService<RingSettings>().Media);
        if (Find(context, ticket) is not { } device)
            return context.RefuseMedia(StatusCodes.Status404NotFound, "No such device for this account");

        if (recordings.Clip(ticket.AccountKey, ticket.DeviceId, wanted.At, wanted.At + wanted.Duration) is not { } clip)
            return context.RefuseMedia(StatusCodes.Status416RangeNotSatisfiable, "Nothing was recorded then.");

        if (clip.OnDemand && settings.RefuseOnDemandClips)
            return context.RefuseMedia(StatusCodes.Status403Forbidden, "This time is not authorized.", MediaErrors.Consent);

        if (!recordings.IsReady(clip.From))
            return context.RefuseMedia(TooEarly, "The recording is not ready.");

        services.GetRequiredService<HistoryBook>().Review(ticket.AccountKey, ticket.DeviceId, clip.From, clip.To);
        var length = clip.To - clip.From;
        context.Response.Headers[Timestamp] = Text(clip.From);
        if (length < wanted.Duration)
            context.Response.Headers[settings.DurationHeader ? Duration : Length] = Text(length);

        context.Notes().Summary = $"{device.Name}: {length / 1000.0:0.0} s from {Time(clip.From)}";
        var film = Film.Make(device, DateTimeOffset.FromUnixTimeMilliseconds(clip.From), TimeSpan.FromMilliseconds(length), wanted.FrameRate);
        return new MediaResult("video/mp4", length < wanted.Duration ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK, film, MediaFiller.FreeBox);
    }

    private static RingDevice? Find(HttpContext context, MediaTicket ticket) => context.RequestServices.GetRequiredService<RingStore>()
        .Read(state => state.Accounts[ticket.AccountKey].Visible.FirstOrDefault(one => one.Id == ticket.DeviceId));

    private static byte[] Drawn(RingDevice device, long at, ImageRequest wanted)
    {
        var scene = new Scene(device);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        scene.Draw((int)(time.ToUnixTimeSeconds() & 0xFFFFFF), time);
        var picture = RgbPicture.Of(scene.Picture, wanted.Width, wanted.Height);
        return wanted.Png ? PngWriter.Write(picture) : JpegWriter.Write(picture);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
