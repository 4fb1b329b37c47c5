using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Page;

/// <summary>A fault as the page offers it.</summary>
internal sealed record FaultChoice(string Key, string Label, Func<RingOperation, int, Fault> Plan)
{
    public static readonly IReadOnlyList<RingOperation> Operations =
    [
        RingOperation.Any, RingOperation.Token, RingOperation.UsersMe, RingOperation.AppIntegrationsPost, RingOperation.AppIntegrationsPatch, RingOperation.Devices,
        RingOperation.Subscriptions, RingOperation.LiveSessionCreate, RingOperation.LiveSessionDelete,
        RingOperation.ImageDownload, RingOperation.ImageFetch, RingOperation.ClipDownload, RingOperation.ClipFetch, RingOperation.History,
    ];

    public static readonly IReadOnlyList<FaultChoice> All =
    [
        new("slow", "answers 3 s late", (operation, times) => Fault.Slow(operation, TimeSpan.FromSeconds(3), times)),
        new("401", "401", (operation, times) => Fault.Answer(operation, 401, times)),
        new("403", "403", (operation, times) => Fault.Answer(operation, 403, times)),
        new("416", "416", (operation, times) => Fault.Answer(operation, 416, times)),
        new("422", "422", (operation, times) => Fault.Answer(operation, 422, times)),
        new("425", "425, not ready yet", (operation, times) => Fault.Answer(operation, 425, times)),
        new("429", "429 with Retry-After 5", (operation, times) => Fault.TooMany(operation, 5, times)),
        new("500", "500", (operation, times) => Fault.Answer(operation, 500, times)),
        new("503", "503", (operation, times) => Fault.Answer(operation, 503, times)),
        new("empty", "401 with an empty body", (operation, times) => Fault.Empty(operation, times: times)),
        new("html", "502 with an HTML page", (operation, times) => Fault.Html(operation, times: times)),
        new("before", "connection cut before the effect", (operation, times) => Fault.Drop(operation, afterEffect: false, times)),
        new("after", "connection cut after the effect", (operation, times) => Fault.Drop(operation, afterEffect: true, times)),
    ];
}
