using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>
/// Looks at the HMAC key as it was set for the mistakes that people make with it (contract 0.4). Says what is wrong with its
/// shape and never a character of it.
/// </summary>
internal sealed class KeyDoctorCheck(IConfiguration configuration, PortalDataSources sources, TimeProvider clock) : ICertificationCheck
{
    private const string AlarmSql = "SELECT max(last_at) FROM alarms WHERE key = 'webhook.signature' AND resolved_at IS NULL AND last_at > @since";

    internal const string AcceptedSql =
        """
        SELECT count(*) FROM (SELECT 1 FROM webhook_inbox WHERE received_at > @since AND event_type IS DISTINCT FROM @probe ORDER BY received_at DESC LIMIT 1000) AS taken
        """;

    private static readonly TimeSpan s_recent = TimeSpan.FromDays(1);

    public string Item => "before.webhook.key";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var section = configuration.GetSection(RingOptions.Section);
        var raw = section[nameof(RingOptions.HmacKey)] ?? "";
        var secrets = new[] { section[nameof(RingOptions.ClientSecret)], section[nameof(RingOptions.ClientId)] };
        var wrong = KeyDoctor.Examine(raw, secrets[0], secrets[1]).ToList<string?>();
        if (raw.Trim().Length > 0 && await RefusedAsync(cancellationToken) is { } at)
        {
            wrong.Add($"deliveries with a signature of another key came, the last at {at:yyyy-MM-dd HH:mm} UTC. If Ring sent them, this is not its key");
        }

        var accepted = await AcceptedAsync(cancellationToken);
        var seen = accepted switch { 0 => "no delivery of Ring was verified with it in 24 h", 1000 => "more than 999 deliveries were verified with it in 24 h", _ => $"{accepted} deliveries were verified with it in 24 h" };
        return CheckFinding.Of(wrong, $"{KeyDoctor.Describe(raw)}; {seen}");
    }

    private async Task<DateTimeOffset?> RefusedAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(AlarmSql);
        command.Parameters.AddWithValue("since", clock.GetUtcNow() - s_recent);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }

    private async Task<long> AcceptedAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(AcceptedSql);
        command.Parameters.AddWithValue("since", clock.GetUtcNow() - s_recent);
        command.Parameters.AddWithValue("probe", Outside.ProbeDelivery.EventType);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
