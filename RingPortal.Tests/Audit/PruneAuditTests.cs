using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Audit.Verification;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Audit;

/// <summary>The trail is shortened by whole seals only, by retention only, and it says so itself.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class PruneAuditTests : IAsyncLifetime
{
    private AuditWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await AuditWorld.CreateAsync();
        // Two old seals with an archive, then two young ones.
        await _world.Database.ExecuteAsync(
            """
            WITH kept AS (INSERT INTO archives (id, teardown_id, created_at, content, digest) VALUES (gen_random_uuid(), gen_random_uuid(), now(), '\x01', sha256('\x01')) RETURNING id, digest)
            INSERT INTO audit_records (at, action, actor, archive_id, archive_digest) SELECT now(), 'device.archived', 'Portal', id, digest FROM kept
            """);
        await SealAsync(400);
        await _world.WriteAsync(9);
        await SealAsync(390);
        await _world.WriteAsync(10);
        await SealAsync(300);
        await _world.WriteAsync(10);
        await SealAsync(0);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Old_Seals_Lose_Their_Records_And_Archives_And_The_Chain_Stays_Whole()
    {
        await PruneAsync();

        Assert.Equal("1,2", await _world.ScalarAsync<string>("SELECT string_agg(number::text, ',' ORDER BY number) FROM audit_seals WHERE pruned_at IS NOT NULL"));
        Assert.Equal(0, await _world.ScalarAsync<long>("SELECT count(*) FROM archives"));
        Assert.Equal(20, await _world.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'device.removed'"));
        Assert.Equal(2, await _world.ScalarAsync<int>($"SELECT (details->>'{PruneCheck.Through}')::int FROM audit_records WHERE action = '{PruneCheck.Action}'"));
        Assert.Empty((await _world.VerifyAsync(_world.Anchor.Newest)).Breaks);
        await _world.SealAllAsync();
        Assert.Empty((await _world.VerifyAsync()).Breaks);

        await PruneAsync();
        Assert.Equal(1, await _world.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = '{PruneCheck.Action}'"));
    }

    [Fact]
    public async Task The_Portals_Role_Prunes_Nothing_Younger_Than_30_Days_Whatever_It_Asks_For()
    {
        Assert.Equal(3, await _world.ScalarAsync<int>("SELECT prune_audit(now() + interval '1 year', 100)"));
        Assert.Equal(10, await _world.ScalarAsync<long>("SELECT count(*) FROM audit_records"));
        // And without a word in the trail it is found.
        Assert.Contains((await _world.VerifyAsync()).Breaks, found => found.Kind is AuditBreakKind.RecordLost && found.Seal == 3);
    }

    [Theory]
    [InlineData("DELETE FROM audit_records WHERE id IN (SELECT unnest(record_ids) FROM audit_seals WHERE number = 4); UPDATE audit_seals SET pruned_at = now() WHERE number = 4")]
    [InlineData("DELETE FROM audit_records WHERE id IN (SELECT unnest(record_ids) FROM audit_seals WHERE number = 3); UPDATE audit_seals SET pruned_at = now() WHERE number = 3")]
    public async Task Loss_That_Is_Dressed_Up_As_Retention_Is_Found(string tampering)
    {
        await PruneAsync();
        await _world.TamperAsync(tampering);

        Assert.False((await _world.VerifyAsync()).IsWhole);
    }

    /// <summary>Seals what there is, as it was made so many days ago.</summary>
    private async Task SealAsync(int daysAgo)
    {
        await using var context = _world.Database.CreateContext();
        var previous = await context.AuditSeals.AsNoTracking().OrderByDescending(seal => seal.Number).FirstOrDefaultAsync();
        var end = await _world.ScalarAsync<long>("SELECT max(transaction_id) + 1 FROM audit_records");
        using var draft = new SealDraft();
        await using (var command = _world.Database.Source.CreateCommand($"SELECT {AuditLeaf.Columns} FROM audit_records WHERE transaction_id >= {previous?.SettledBefore ?? 0} ORDER BY id"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                draft.Add(AuditLeaf.Read(reader));
            }
        }

        context.AuditSeals.Add(draft.Close(previous, new Horizon(end, end), _world.Portal.Services.GetRequiredService<AuditSealKeys>(), DateTimeOffset.UtcNow.AddDays(-daysAgo)));
        await context.SaveChangesAsync();
    }

    private async Task PruneAsync()
    {
        await using var scope = _world.Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<PruneJob>().RunAsync(CancellationToken.None);
    }
}
