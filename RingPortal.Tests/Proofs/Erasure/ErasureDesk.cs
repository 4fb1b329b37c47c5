using System.Globalization;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Audit.Verification;

namespace RingPortal.Tests.Proofs.Erasure;

/// <summary>What a proof sees of erasures: how far they are, who works on them, how long they took.</summary>
internal sealed class ErasureDesk(ProofWorld world)
{
    public async Task<Guid> IdAsync(Leaver leaver) => await world.Cluster.ScalarAsync<Guid>(
        $"SELECT erasure.id FROM erasures erasure JOIN ring_tokens token ON token.user_id = erasure.user_id WHERE token.account_id = '{leaver.Household.AccountId}'");

    public Task<string> StageAsync(Guid erasure) => world.Cluster.ScalarAsync<string>($"SELECT stage FROM erasures WHERE id = '{erasure}'");

    /// <summary>The instance that works on it now; null when nobody does.</summary>
    public async Task<ProofPortal?> WorkerAsync(Guid erasure)
    {
        await using var command = world.Cluster.Source.CreateCommand(
            $"SELECT state.data->>'ServerId' FROM hangfire.job job JOIN hangfire.state state ON state.id = job.stateid WHERE job.arguments::text LIKE '%{erasure}%' AND state.name = 'Processing'");
        return await command.ExecuteScalarAsync() is string server
            ? world.Portals.SingleOrDefault(portal => portal.ProcessId == int.Parse(server.Split(':')[1], CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>From the wish to nothing left, by the database's own times.</summary>
    public async Task<Latencies> CompleteAsync(int erasures, TimeSpan limit)
    {
        await Eventually.TrueAsync(
            async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM erasures WHERE completed_at IS NOT NULL") == erasures, limit, $"{erasures} accounts are gone");
        await using var command = world.Cluster.Source.CreateCommand("SELECT completed_at - requested_at FROM erasures ORDER BY requested_at");
        await using var reader = await command.ExecuteReaderAsync();
        var times = new List<TimeSpan>();
        while (await reader.ReadAsync())
        {
            times.Add(reader.GetTimeSpan(0));
        }

        return new Latencies(times);
    }

    /// <summary>Seals what there is and looks at the whole trail.</summary>
    public async Task<AuditVerdict> VerifyAsync()
    {
        await using var services = new ProofServices(world);
        await services.AskAsync((AuditSealer sealer) => sealer.SealAsync(CancellationToken.None));
        return await services.AskAsync((AuditVerifier verifier) => verifier.VerifyAsync(known: null, progress: null, CancellationToken.None));
    }

    /// <summary>What stands of a neighbour, in numbers.</summary>
    public Task<string> HoldingsAsync(Household neighbour)
    {
        const string mine = "(SELECT id FROM ring_tokens WHERE account_id = @account AND state = 'ACTIVE' AND sealed_refresh_token IS NOT NULL)";
        return AskAsync(
            $"""
            SELECT concat_ws(' ',
              (SELECT count(*) FROM devices WHERE ring_token_id IN {mine}),
              (SELECT count(*) FROM device_events entry JOIN devices camera ON camera.id = entry.device_id WHERE camera.ring_token_id IN {mine}),
              (SELECT count(*) FROM notification_preferences choice JOIN devices camera ON camera.id = choice.device_id WHERE camera.ring_token_id IN {mine}),
              (SELECT count(*) FROM webhook_inbox WHERE account_id = @account),
              (SELECT count(*) FROM audit_subjects subject JOIN ring_tokens token ON token.user_id = subject.user_id WHERE token.account_id = @account),
              (SELECT count(*) FROM users person JOIN ring_tokens token ON token.user_id = person.id WHERE token.account_id = @account AND person.email IS NOT NULL AND person.password_hash IS NOT NULL))
            """,
            neighbour);
    }

    private async Task<string> AskAsync(string sql, Household household)
    {
        await using var command = world.Cluster.Source.CreateCommand(sql);
        command.Parameters.AddWithValue("account", household.AccountId);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
