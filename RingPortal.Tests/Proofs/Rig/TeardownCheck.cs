using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>What became of removals: each complete with all its steps, and nothing about it done twice.</summary>
internal static class TeardownCheck
{
    private static readonly string[] s_steps = ["marked", "sessions", "work", "archive", "delete", "told"];

    public static Task CompleteAsync(ProofCluster cluster, int teardowns, TimeSpan limit) => Eventually.TrueAsync(
        async () => await cluster.ScalarAsync<long>("SELECT count(*) FROM teardowns WHERE completed_at IS NOT NULL") == teardowns, limit, $"{teardowns} removals are complete");

    /// <summary>The schedule of each camera that is gone was cancelled, once.</summary>
    public static async Task SchedulesCancelledAsync(ProofCluster cluster, IReadOnlyList<Household> gone) => Assert.Equal(
        gone.Sum(household => household.DeviceIds.Count),
        await cluster.ScalarAsync<long>(
            $"""
            SELECT sum(split_part(step.result, ' ', 1)::int) FROM teardown_steps step JOIN teardowns work ON work.id = step.teardown_id JOIN ring_tokens token ON token.id = work.ring_token_id
            WHERE step.name = 'work' AND token.account_id IN ('{string.Join("','", gone.Select(household => household.AccountId))}')
            """));

    /// <summary>Fails unless every teardown has each step once, one archive, and each record of the audit trail once.</summary>
    public static async Task WholeAsync(ProofCluster cluster)
    {
        var wrong = await cluster.ScalarAsync<long>(
            $"""
            SELECT count(*) FROM teardowns work WHERE (device_id IS NOT NULL OR kind = 'Integration')
              AND ((SELECT array_agg(name::text ORDER BY position) FROM teardown_steps step WHERE step.teardown_id = work.id AND finished_at IS NOT NULL) IS DISTINCT FROM ARRAY['{string.Join("','", s_steps)}']
                OR (SELECT count(*) FROM archives WHERE teardown_id = work.id) <> 1
                OR (SELECT count(*) FROM audit_records record WHERE record.details->>'teardown' = work.id::text AND record.action IN ('device.removed', 'link.ended')) <> 1
                OR (SELECT count(*) FROM audit_records record WHERE record.details->>'teardown' = work.id::text AND record.action IN ('device.archived', 'link.archived')) <> 1)
            """);
        Assert.True(wrong == 0, $"{wrong} removals lost a step or did something twice");
        Assert.Equal(0, await cluster.ScalarAsync<long>(
            "SELECT count(*) FROM teardowns work JOIN devices device ON device.id = work.device_id OR (work.kind = 'Integration' AND device.ring_token_id = work.ring_token_id)"));
        Assert.Equal(0, await cluster.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'REMOVED' AND (sealed_access_token IS NOT NULL OR sealed_refresh_token IS NOT NULL)"));
    }
}
