using Microsoft.AspNetCore.Http.Features;
using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Ledger;

/// <summary>What the parts of the pipeline learn about a call while it runs.</summary>
internal sealed class CallNotes
{
    public RingOperation Operation { get; set; } = RingOperation.Unknown;

    public string? Account { get; set; }

    public string Summary { get; set; } = "";

    public bool Loud { get; set; }

    public bool Dropped { get; set; }

    /// <summary>Who calls; set by <c>BearerDoor</c>.</summary>
    public Installation? Caller { get; set; }
}

internal static class CallNotesAccess
{
    public static CallNotes Notes(this HttpContext context) => context.Features.GetRequiredFeature<CallNotes>();
}
