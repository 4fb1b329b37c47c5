using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Audit.Sealing;

namespace RingPortal.Tests.Audit;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SealAuditTests : IAsyncLifetime
{
    private AuditWorld _world = null!;

    public async Task InitializeAsync() => _world = await AuditWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Seals_Follow_One_Another_And_Name_Each_Record_Once()
    {
        await _world.WriteAsync(50, transactions: 5);
        Assert.Equal(50, await _world.SealUntilAsync(50));
        await _world.WriteAsync(30);
        Assert.Equal(30, await _world.SealUntilAsync(30));
        Assert.Equal(0, await _world.SealAsync());

        await using var context = _world.Database.CreateContext();
        var seals = await context.AuditSeals.AsNoTracking().OrderBy(seal => seal.Number).ToListAsync();
        Assert.Equal(Enumerable.Range(1, seals.Count).Select(number => (long)number), seals.Select(seal => seal.Number));
        Assert.Empty(seals[0].PreviousMac);
        Assert.All(seals.Zip(seals.Skip(1)), pair => Assert.Equal(pair.First.Mac, pair.Second.PreviousMac));
        Assert.Equal(Enumerable.Range(1, 80).Select(id => (long)id), seals.SelectMany(seal => seal.RecordIds));
        var verdict = await _world.VerifyAsync();
        Assert.True(verdict.IsWhole);
        Assert.Equal((80, seals.Count), (verdict.Records, verdict.Seals));
        // What the log has is enough to verify against later.
        Assert.Contains(_world.Portal.Logs.Lines, line => line.Contains(verdict.Newest!.ToString(), StringComparison.Ordinal) && line.Contains(Convert.ToHexStringLower(seals[^1].Digest), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Transaction_That_Commits_Late_Is_Sealed_Later_And_Never_Lost()
    {
        await using var late = await _world.ConnectAsync();
        await using var transaction = await late.BeginTransactionAsync();
        var lateId = await InsertAsync(late, transaction);
        await _world.WriteAsync(3);

        // Nothing younger than the running transaction is sealed before it has ended.
        Assert.Equal(0, await _world.SealAsync());
        await using var other = await _world.ConnectAsync();
        await using var second = await other.BeginTransactionAsync();
        var secondId = await InsertAsync(other, second);
        await transaction.CommitAsync();
        Assert.Equal(4, await _world.SealUntilAsync(4));
        await _world.WriteAsync(2);
        await second.CommitAsync();
        Assert.Equal(3, await _world.SealUntilAsync(3));

        // A record may have a lower number than one that was sealed before it.
        await using var older = await other.BeginTransactionAsync();
        await using (var number = new NpgsqlCommand("SELECT pg_current_xact_id()::text", other, older))
        {
            await number.ExecuteScalarAsync();
        }

        await using var younger = await late.BeginTransactionAsync();
        var lowId = await InsertAsync(late, younger);
        Assert.True(await InsertAsync(other, older) > lowId);
        await older.CommitAsync();
        Assert.Equal(1, await _world.SealUntilAsync(1));
        await younger.CommitAsync();
        Assert.Equal(1, await _world.SealUntilAsync(1));
        Assert.Equal(lowId, await _world.ScalarAsync<long>("SELECT record_ids[1] FROM audit_seals ORDER BY number DESC LIMIT 1"));

        Assert.Equal(1, await _world.ScalarAsync<long>($"SELECT count(*) FROM audit_seals WHERE {lateId} = ANY(record_ids)"));
        Assert.Equal(1, await _world.ScalarAsync<long>($"SELECT count(*) FROM audit_seals WHERE {secondId} = ANY(record_ids)"));
        Assert.True((await _world.VerifyAsync(_world.Anchor.Newest)).IsWhole);
    }

    [Fact]
    public async Task Records_And_Seals_Made_At_Once_By_Many_Lose_And_Double_Nothing()
    {
        await using var portal = AuditWorld.Compose(_world.Database, _world.Key);
        var writers = Enumerable.Range(0, 4).Select(_ => _world.WriteAsync(100, transactions: 50));
        var sealers = Enumerable.Range(0, 4).Select(async number =>
        {
            for (var round = 0; round < 15; round++)
            {
                await _world.SealAsync(number % 2 == 0 ? _world.Portal : portal);
            }
        });
        await Task.WhenAll(writers.Concat(sealers));

        await _world.SealAllAsync();
        Assert.Equal(400, await _world.ScalarAsync<long>("SELECT sum(cardinality(record_ids))::bigint FROM audit_seals"));
        Assert.Equal(400, await _world.ScalarAsync<long>("SELECT count(DISTINCT id) FROM (SELECT unnest(record_ids) AS id FROM audit_seals) AS closed"));
        Assert.True((await _world.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task An_Older_Key_Still_Verifies_After_A_New_One_Seals_And_The_Change_Is_Recorded()
    {
        await _world.WriteAsync(5);
        await _world.RunSealJobAsync();
        await _world.SealAllAsync();
        await using var rotated = AuditWorld.Compose(_world.Database, AuditWorld.NewKey(), _world.Key);
        await _world.WriteAsync(5);
        await _world.SealAllAsync(rotated);

        Assert.Equal(2, await _world.ScalarAsync<long>("SELECT count(DISTINCT key_id) FROM audit_seals"));
        Assert.True((await _world.VerifyAsync(portal: rotated)).IsWhole);
        // Who lost the new key cannot take its seals for granted.
        Assert.False((await _world.VerifyAsync()).IsWhole);
        Assert.Equal(1, await _world.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = '{SealAuditJob.KeysAction}'"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Trail_Restored_Into_Another_Cluster_Goes_On(bool numbersComeUpAgain)
    {
        await _world.WriteAsync(5);
        var next = await _world.ScalarAsync<long>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
        await SealAsOldClusterAsync(numbersComeUpAgain ? next + 10 : 3_999_999_900);
        await _world.WriteAsync(3);

        // A dump and restore keeps the numbers of the old cluster's transactions, and the new cluster counts from far below.
        await _world.WriteAsync(2);
        await _world.TamperAsync("UPDATE audit_records SET transaction_id = 4000000002 WHERE id > 8");
        Assert.True((await _world.VerifyAsync()).IsWhole);
        await _world.WriteAsync(4);
        Assert.Equal(9, await _world.SealUntilAsync(9));
        await _world.WriteAsync(40, transactions: 40);
        Assert.Equal(40, await _world.SealUntilAsync(40));
        Assert.True((await _world.VerifyAsync()).IsWhole);
        Assert.Equal(54, await _world.ScalarAsync<long>("SELECT sum(cardinality(record_ids))::bigint FROM audit_seals"));
        Assert.Equal(54, await _world.ScalarAsync<long>("SELECT count(DISTINCT id) FROM (SELECT unnest(record_ids) AS id FROM audit_seals) AS closed"));
    }

    [Fact]
    public async Task A_Quiet_Trail_Gets_A_Seal_Now_And_Then_And_Not_Each_Minute()
    {
        await _world.SealAsync();
        await _world.SealAsync();
        Assert.Equal(1, await _world.ScalarAsync<long>("SELECT count(*) FROM audit_seals"));
    }

    [Theory]
    [InlineData("UPDATE audit_records SET reason = 'x'")]
    [InlineData("DELETE FROM audit_records")]
    [InlineData("TRUNCATE audit_records")]
    [InlineData("UPDATE audit_seals SET digest = '\\x00'")]
    [InlineData("DELETE FROM audit_seals")]
    [InlineData("UPDATE archives SET content = '\\x00'")]
    [InlineData("DELETE FROM archives")]
    [InlineData("SELECT setval('audit_records_id_seq', 1)")]
    [InlineData("ALTER TABLE audit_records ALTER COLUMN transaction_id SET DEFAULT 1")]
    public async Task The_Portals_Own_Role_Can_Only_Add(string statement)
    {
        await _world.WriteAsync(1);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => _world.Database.ExecuteAsync(statement));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Every_Column_Of_A_Record_Is_Sealed()
    {
        var columns = await _world.ScalarAsync<string>(
            "SELECT string_agg(column_name, ', ' ORDER BY column_name) FROM information_schema.columns WHERE table_name = 'audit_records'");

        Assert.Equal(columns, string.Join(", ", AuditLeaf.Columns.Replace("::text", "", StringComparison.Ordinal).Split(", ").Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(AuditSealer.RecordsSql)]
    [InlineData(AuditSealer.EndSql)]
    public async Task What_Is_To_Be_Sealed_Is_Found_By_Index_In_A_Long_Trail(string sql)
    {
        await _world.WriteAsync(100_000, transactions: 100);
        await _world.Database.ExecuteAsync(
            "INSERT INTO audit_seals (number, sealed_at, settled_before, started_before, record_ids, record_marks, digest, previous_mac, mac, key_id) SELECT n, now(), n, n, ARRAY[2 * n, 2 * n + 1], '', '', '', '', '' FROM generate_series(1, 60000) n");
        await _world.TamperAsync("ANALYZE audit_records, audit_seals; UPDATE audit_records SET reason = reason WHERE id = 1");
        var newest = await _world.ScalarAsync<long>("SELECT max(transaction_id) FROM audit_records");

        var plan = await PlanAsync(sql.Replace("@from", $"{newest}", StringComparison.Ordinal).Replace("@to", $"{newest + 1}", StringComparison.Ordinal).Replace("@most", "10", StringComparison.Ordinal));

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.Contains("ix_audit_records_transaction_id", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_A_Record_Is_Sealed_Is_Looked_Up_By_Index_However_Few_Seals_There_Are()
    {
        await _world.Database.ExecuteAsync(
            """
            INSERT INTO audit_seals (number, sealed_at, settled_before, started_before, record_ids, record_marks, digest, previous_mac, mac, key_id)
            SELECT n, now(), 1, 1, (SELECT array_agg(1000000 * n + id) FROM generate_series(1, 10000) id), '', '', '', '', '' FROM generate_series(1, 12) n
            """);
        await _world.TamperAsync("ANALYZE audit_records, audit_seals");
        var (before, lookedUp) = await ReadsAsync();

        await _world.WriteAsync(2_000);
        await _world.SealUntilAsync(2_000);

        await Eventually.TrueAsync(async () => (await ReadsAsync()).ByIndex >= lookedUp + 2_000, TimeSpan.FromSeconds(60), "the look-ups are counted");
        Assert.Equal(before, (await ReadsAsync()).Whole);
    }

    private async Task<(long Whole, long ByIndex)> ReadsAsync() => (
        await _world.ScalarAsync<long>("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'audit_seals'"),
        await _world.ScalarAsync<long>("SELECT idx_scan FROM pg_stat_user_tables WHERE relname = 'audit_seals'"));

    /// <summary>Seals what there is as a cluster does whose transactions have come far; the records' own have these numbers.</summary>
    private async Task SealAsOldClusterAsync(long transactions)
    {
        const long Far = 4_000_000_000;
        await _world.TamperAsync($"UPDATE audit_records SET transaction_id = {transactions} + id");
        using var draft = new SealDraft();
        await using (var command = _world.Database.Source.CreateCommand($"SELECT {AuditLeaf.Columns} FROM audit_records ORDER BY id"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                draft.Add(AuditLeaf.Read(reader));
            }
        }

        await using var context = _world.Database.CreateContext();
        context.AuditSeals.Add(draft.Close(null, new Horizon(Far, Far + 5), _world.Portal.Services.GetRequiredService<AuditSealKeys>(), DateTimeOffset.UtcNow));
        await context.SaveChangesAsync();
    }

    private async Task<string> PlanAsync(string sql)
    {
        await using var command = _world.Database.Source.CreateCommand("EXPLAIN " + sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static async Task<long> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("INSERT INTO audit_records (at, action, actor) VALUES (now(), 'late', 'Portal') RETURNING id", connection, transaction);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
