using System.Globalization;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Page;

/// <summary>What the page's script asks for each second.</summary>
internal sealed record LiveAnswer(long Version, IReadOnlyList<LiveCall> Calls);

/// <summary>A call as the page shows it, by script or by server alike.</summary>
public sealed record LiveCall(long Number, string Time, bool FromRing, string Direction, string Call, string Status, string Tone, string Took, string Summary)
{
    internal static LiveCall Of(RecordedCall call) => new(
        call.Number,
        call.At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        call.FromRing,
        call.FromRing ? "Ring → portal" : "portal → Ring",
        $"{call.Method} {call.Path}",
        call.Status == 0 ? "no answer" : call.Status.ToString(CultureInfo.InvariantCulture),
        Words.Tone(call),
        $"{call.Duration.TotalMilliseconds:0} ms",
        (call.Account is null ? "" : $"{call.Account}: ") + call.Summary);
}
