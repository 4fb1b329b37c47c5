using System.IO.Pipelines;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit.Desk;
using RingPortal.Web.Features.Audit.Export;

namespace RingPortal.Tests.Audit;

/// <summary>The trail as operators ask for it, on 120,000 records after ANALYZE: no question reads the whole table.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AuditDeskPlanTests : IClassFixture<AuditDeskPlanTests.Rows>, IDisposable
{
    private const string Somebody = "00000000-0000-7000-8000-000000000007";

    private readonly PlanRecorder _plans = new();
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;

    public AuditDeskPlanTests(Rows rows)
    {
        _database = rows.Database;
        _services = new ServiceCollection()
            .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddDbContext<RingPortalContext>(options => options.UsePortalDatabase(_database.Source).AddInterceptors(_plans))
            .AddSingleton<AuditQueries>().AddScoped<AuditExportStream>()
            .BuildServiceProvider();
    }

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(null, null, null, null, 50)]
    [InlineData("webhook.discarded", null, null, null, 24)]
    [InlineData("device.removed", null, null, null, 50)]
    [InlineData("never.done", null, null, null, 0)]
    [InlineData(null, "Staff", null, null, 24)]
    [InlineData(null, "Portal", null, null, 0)]
    [InlineData(null, null, "device:77", null, 24)]
    [InlineData(null, null, null, Somebody, 50)]
    [InlineData("device.removed", "Ring", "device:78", null, 8)]
    public async Task No_Piece_Of_The_Trail_Reads_The_Whole_Table(string? action, string? kind, string? target, string? person, int rows)
    {
        var (queries, now) = (_services.GetRequiredService<AuditQueries>(), DateTimeOffset.UtcNow);
        var somebody = person is null ? (Guid?)null : Guid.Parse(person);
        var filter = new AuditFilter(null, null, kind is null ? null : Enum.Parse<AuditActor>(kind), null, action, target, somebody);

        var page = await queries.PageAsync(filter, null, null, CancellationToken.None);
        foreach (var other in (AuditFilter[])[filter with { Subject = null, Actor = somebody }, filter with { From = now.AddDays(-25), To = now.AddDays(-24) }, filter with { To = now.AddDays(-27) }])
        {
            await queries.PageAsync(other, null, null, CancellationToken.None);
            await queries.PageAsync(other, new AuditPlace(now.AddDays(-10), 1), null, CancellationToken.None);
            await queries.PageAsync(other, null, new AuditPlace(now.AddDays(-10), 1), CancellationToken.None);
        }

        Assert.Equal(rows, page.Rows.Count);
        Assert.Equal(page.Rows.OrderByDescending(row => row.At), page.Rows);
        _plans.AssertIndexed("audit_records");
    }

    [Fact]
    public async Task Pages_Follow_One_Another_And_An_Export_Reads_Page_By_Page()
    {
        var queries = _services.GetRequiredService<AuditQueries>();
        var first = await queries.PageAsync(new AuditFilter(), null, null, CancellationToken.None);
        var second = await queries.PageAsync(new AuditFilter(), first.Rows[^1].Place, null, CancellationToken.None);
        var again = await queries.PageAsync(new AuditFilter(), null, second.Rows[0].Place, CancellationToken.None);
        Assert.Equal(first.Rows[^1].Id - 1, second.Rows[0].Id);
        Assert.Equal(first.Rows, again.Rows);

        await using var scope = _services.CreateAsyncScope();
        var output = PipeWriter.Create(Stream.Null);
        var written = await scope.ServiceProvider.GetRequiredService<AuditExportStream>()
            .WriteAsync(new AuditExportOrder(AuditExportForm.JsonLines, new AuditFilter(Action: "device.removed")) { Through = long.MaxValue }, output, CancellationToken.None);

        Assert.Equal(await _database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'device.removed'"), written.Records);
        _plans.AssertIndexed("audit_records");
    }

    /// <summary>What the plans are made for.</summary>
    public sealed class Rows : FilledDatabase
    {
        protected override string Statements =>
            """
            INSERT INTO audit_records (at, action, actor, actor_id, subject_id, target, reason)
            SELECT now() - (120000 - n) * interval '20 seconds',
                   CASE WHEN n % 5000 = 0 THEN 'webhook.discarded' WHEN n % 3 = 0 THEN 'device.removed' ELSE 'link.claimed' END,
                   CASE WHEN n % 5000 = 0 THEN 'Staff' WHEN n % 3 = 0 THEN 'Ring' ELSE 'Person' END,
                   CASE WHEN n % 3 <> 0 THEN ('00000000-0000-7000-8000-' || lpad((n % 900)::text, 12, '0'))::uuid END,
                   ('00000000-0000-7000-8000-' || lpad((n % 900)::text, 12, '0'))::uuid, 'device:' || n % 5000, 'because'
            FROM generate_series(1, 120000) n;
            ANALYZE;
            """;
    }
}
