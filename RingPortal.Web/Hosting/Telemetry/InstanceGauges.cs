using System.Diagnostics.Metrics;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Web.Hosting.Telemetry;

/// <summary>What only this instance knows of itself.</summary>
internal sealed class InstanceGauges
{
    public InstanceGauges(IMeterFactory factory, PortalReadiness readiness, InboxGate gate, IntakeAdmission admission, InboxWriter writer)
    {
        var meter = factory.Create(PortalMetrics.MeterName);
        meter.CreateObservableGauge("ringportal.instance.ready", () => readiness.Problem is null ? 1 : 0, description: "1 while this instance takes work.");
        meter.CreateObservableGauge("ringportal.webhook.gate", () => gate.IsOpen ? 1 : 0, description: "1 while deliveries are refused because the database is away.");
        meter.CreateObservableGauge("ringportal.webhook.inside", () => admission.Inside, "{delivery}", "Deliveries that are being taken now.");
        meter.CreateObservableGauge("ringportal.webhook.abandoned", () => writer.Abandoned, "{batch}", "Batches that were late and are still held by the database.");
    }
}
