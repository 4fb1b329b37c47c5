using System.Diagnostics;

namespace RingPortal.Web.Hosting;

/// <summary>The portal's spans.</summary>
public static class PortalActivity
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "RingPortal";

    /// <summary>Where spans are started.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>
    /// Starts a span in the trace of a delivery, whose id is the key of its row in the inbox: from the webhook to the pages
    /// that show it, on whatever instance, without anything stored or sent along for it. What is under way is linked.
    /// </summary>
    /// <param name="name">Name of the span.</param>
    /// <param name="kind">Its place in the flow.</param>
    /// <param name="delivery">Key of the delivery's row in the inbox.</param>
    /// <returns>Null when nobody traces.</returns>
    public static Activity? StartOf(string name, ActivityKind kind, Guid delivery)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var links = Activity.Current is { } current ? new[] { new ActivityLink(current.Context) } : null;
        return Source.StartActivity(name, kind, ContextOf(delivery), links: links);
    }

    /// <summary>The trace of a delivery. What the webhook, the dispatcher and pages add to it are siblings.</summary>
    public static ActivityContext ContextOf(Guid delivery)
    {
        Span<byte> bytes = stackalloc byte[16];
        delivery.TryWriteBytes(bytes, bigEndian: true, out _);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(bytes), ActivitySpanId.CreateFromBytes(bytes[8..]), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
