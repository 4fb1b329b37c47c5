using RingPortal.Simulator.History;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.Media;

namespace RingPortal.Simulator.Page;

/// <summary>A trouble with one group of settings as the page offers it.</summary>
internal sealed record VideoTrouble<T>(string Key, string Label, Func<T, T> Make)
    where T : class
{
    /// <summary>Which of the troubles is on, none when a script set something of its own.</summary>
    public static VideoTrouble<T>? Now(IReadOnlyList<VideoTrouble<T>> all, T usual, T present) => all.FirstOrDefault(one => one.Make(usual).Equals(present));
}

/// <summary>The troubles with live video, with pictures and clips, and with the event history.</summary>
internal static class VideoTroubles
{
    private const string Elsewhere = "https://ring.example.net/v1/devices/{device}/media";

    public static readonly IReadOnlyList<VideoTrouble<LiveSettings>> Live =
    [
        new("usual", "as usual", usual => usual),
        new("late", "the answer comes 3 s late", usual => usual with { AnswerDelay = TimeSpan.FromSeconds(3) }),
        new("first", "the first picture takes 4 s", usual => usual with { FirstFrameDelay = TimeSpan.FromSeconds(4) }),
        new("freeze", "the picture freezes after 5 s", usual => usual with { FreezeAfter = TimeSpan.FromSeconds(5) }),
        new("end", "Ring ends it after 10 s", usual => usual with { EndAfter = TimeSpan.FromSeconds(10) }),
        new("short", "the limit is 5 s", usual => usual with { LimitSeconds = 5 }),
        new("drop", "a third of the picture is lost on the way", usual => usual with { DropPercent = 33 }),
        new("locked", "protected by encryption", usual => usual with { Protected = true }),
        new("blocked", "no picture comes through the network", usual => usual with { WithoutMedia = true }),
        new("busy", "Ring is busy (503)", usual => usual with { AnswerStatus = 503 }),
        new("answer", "an answer that is none", usual => usual with { AnswerBody = "v=0" }),
        new("path", "its address is a path only", usual => usual with { RelativeLocation = true }),
        new("none", "it has no address", usual => usual with { RawLocation = "" }),
        new("elsewhere", "its address is on another host", usual => usual with { RawLocation = Elsewhere }),
    ];

    public static readonly IReadOnlyList<VideoTrouble<MediaSettings>> Media =
    [
        new("usual", "as usual", usual => usual),
        new("fresh", "not ready for 10 s", usual => usual with { NotReadyFor = TimeSpan.FromSeconds(10) }),
        new("slow", "they take 20 s", usual => usual with { Slow = TimeSpan.FromSeconds(20) }),
        new("cut", "they break off", usual => usual with { CutAfter = 20_000 }),
        new("large", "they are 300 MB large", usual => usual with { Size = 300_000_000 }),
        new("locked", "protected by encryption", usual => usual with { Protected = true }),
        new("page", "a web page in place of each", usual => usual with { WrongBytes = true }),
        new("type", "they call themselves a web page", usual => usual with { WrongContentType = "text/html" }),
        new("moved", "clips are on the other host, too", usual => usual with { RedirectStatus = 301 }),
        new("hops", "four more redirects", usual => usual with { RedirectHops = 4 }),
        new("elsewhere", "links lead to a foreign host", usual => usual with { RawLocation = Elsewhere }),
        new("demand", "clips of live video are refused", usual => usual with { RefuseOnDemandClips = true }),
    ];

    public static readonly IReadOnlyList<VideoTrouble<HistorySettings>> History =
    [
        new("usual", "as usual", usual => usual),
        new("small", "two on a page", usual => usual with { PageSize = 2 }),
        new("text", "times are text", usual => usual with { NumericStrings = true }),
        new("always", "after the last page an empty one", usual => usual with { AlwaysNext = true }),
        new("loop", "the same page for ever", usual => usual with { RepeatNext = true }),
        new("elsewhere", "the next page is on a foreign host", usual => usual with { RawNext = Elsewhere }),
    ];
}
