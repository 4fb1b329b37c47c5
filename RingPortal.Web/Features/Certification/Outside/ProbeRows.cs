using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Outside;

/// <summary>The row of a probe in the inbox: read, to see that the call reached this portal, and deleted when it has been seen.</summary>
internal sealed class ProbeRows(PortalDataSources sources)
{
    private const string FindSql = "SELECT state, outcome, account_id IS NULL AND octet_length(body) = 0 FROM webhook_inbox WHERE request_id = @request";
    private const string ForgetSql = "DELETE FROM webhook_inbox WHERE request_id = @request";
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>All rows under the probe's request id: state, outcome, and whether nothing of the body is kept.</summary>
    public async Task<IReadOnlyList<ProbeRow>> FindAsync(ProbeDelivery probe, CancellationToken cancellationToken)
    {
        await using var command = Command(FindSql, probe);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<ProbeRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ProbeRow(reader.GetString(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1), reader.GetBoolean(2)));
        }

        return rows;
    }

    /// <summary>Waits until the dispatcher has settled the probe, or the time is over.</summary>
    public async Task<ProbeRow?> SettledAsync(ProbeDelivery probe, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var rows = await FindAsync(probe, cancellationToken);
            if (rows is [{ State: not "Due" }, ..] || rows.Count == 0 || clock.GetElapsedTime(started) > limit)
            {
                return rows.Count == 0 ? null : rows[0];
            }

            await Task.Delay(s_pause, clock, cancellationToken);
        }
    }

    /// <summary>Deletes it, whatever became of it.</summary>
    public async Task ForgetAsync(ProbeDelivery probe, CancellationToken cancellationToken)
    {
        await using var command = Command(ForgetSql, probe);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, ProbeDelivery probe)
    {
        var command = sources.Jobs.CreateCommand(sql);
        command.Parameters.AddWithValue("request", probe.RequestId);
        return command;
    }
}

/// <summary>What became of a probe.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Outcome">What processing came to.</param>
/// <param name="IsEmpty">Whether nothing of its body is kept.</param>
internal sealed record ProbeRow(string State, string? Outcome, bool IsEmpty);
