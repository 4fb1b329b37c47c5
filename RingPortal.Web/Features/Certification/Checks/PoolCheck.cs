using System.Globalization;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The pool as it is and its limits as they are set: 10 to 15 minutes (contract 4.4).</summary>
internal sealed class PoolCheck(PortalDataSources sources, IOptions<PoolOptions> options, TimeProvider clock) : ICertificationCheck
{
    internal const string PoolSql = "SELECT count(*), min(retain_from) FROM ring_tokens WHERE state = 'UNCLAIMED'";

    /// <summary>Cleanup runs each minute; one that is being claimed is kept up to the hard cap.</summary>
    private static readonly TimeSpan s_latest = PoolOptions.HardCap + TimeSpan.FromMinutes(3);

    public string Item => "behave.pool";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(PoolSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var size = reader.GetInt64(0);
        var age = await reader.IsDBNullAsync(1, cancellationToken) ? TimeSpan.Zero : clock.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(1);
        var minutes = options.Value.RetentionMinutes;
        string?[] wrong =
        [
            minutes is >= 10 and <= 15 ? null : $"Pool__RetentionMinutes is {minutes}; Ring's FAQ asks for 10 to 15",
            age <= s_latest ? null : string.Create(CultureInfo.InvariantCulture, $"an unclaimed token is {age.TotalMinutes:0} minutes old; cleanup is behind"),
            size < options.Value.AlarmSize ? null : $"{size} unclaimed tokens, limit {options.Value.AlarmSize}",
        ];
        return CheckFinding.Of(wrong, string.Create(
            CultureInfo.InvariantCulture, $"{size} unclaimed, the oldest {age.TotalMinutes:0} minutes old; kept {minutes} minutes; alarms from {options.Value.AlarmSize} on and from {options.Value.AlarmAgeMinutes} minutes on"));
    }
}
