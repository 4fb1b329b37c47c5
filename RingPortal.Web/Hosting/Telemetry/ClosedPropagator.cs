using System.Diagnostics;

namespace RingPortal.Web.Hosting.Telemetry;

/// <summary>Takes no trace from outside and gives none away: the portal's traces begin and end in the portal.</summary>
internal sealed class ClosedPropagator : DistributedContextPropagator
{
    /// <inheritdoc />
    public override IReadOnlyCollection<string> Fields => [];

    /// <inheritdoc />
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    /// <inheritdoc />
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
