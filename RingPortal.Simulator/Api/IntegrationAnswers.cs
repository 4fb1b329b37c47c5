using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary>Writes outcomes of the integration desk in the shape that was chosen.</summary>
internal sealed class IntegrationAnswers(RingSettings settings, SimulatorClock clock)
{
    public IResult Write(HttpContext context, IntegrationOutcome outcome, bool full) => outcome switch
    {
        IntegrationOutcome.Changed changed => Changed(context, changed.Installation, full),
        IntegrationOutcome.InvalidNonce refused => context.Refuse(400, "Invalid Nonce", refused.Why),
        IntegrationOutcome.InvalidTransition refused => context.Refuse(400, "Invalid Status Transition", refused.Why),
        IntegrationOutcome.NotFound => context.Refuse(404, "Not Found", "There is no integration for this token."),
        _ => throw new InvalidOperationException("The integration desk answers nothing else."),
    };

    private IResult Changed(HttpContext context, Installation installation, bool full)
    {
        var status = installation.Status switch
        {
            IntegrationStatus.Completed => "completed",
            IntegrationStatus.Awaiting => "awaiting",
            _ => "pending",
        };
        context.Notes().Summary = $"status {status}, shown as {installation.AccountIdentifier ?? "nobody"}";
        var flat = full ? new FlatIntegration(status, installation.AccountIdentifier, RingTime.Seconds(installation.UpdatedAt)) : new FlatIntegration(status);
        return settings.AnswerShape == AnswerShape.Flat
            ? RingJson.Answer(flat)
            : RingJson.Answer(new IntegrationAnswer(new("app-integrations", "ava1.ring.client.DEMO", flat), AnswerMeta.At(clock.GetUtcNow())));
    }
}
