namespace RingPortal.Simulator.Wire;

/// <summary>Flat answer of app-integrations (contract 3.4, 3.5).</summary>
internal sealed record FlatIntegration(string Status, string? AccountIdentifier = null, string? UpdatedAt = null);

/// <summary>JSON:API answer of app-integrations.</summary>
internal sealed record IntegrationAnswer(IntegrationResource Data, AnswerMeta Meta);

internal sealed record IntegrationResource(string Type, string Id, FlatIntegration Attributes);

/// <summary><c>meta.time</c> of an API answer.</summary>
internal sealed record AnswerMeta(string Time)
{
    public static AnswerMeta At(DateTimeOffset now) => new(RingTime.Seconds(now));
}
