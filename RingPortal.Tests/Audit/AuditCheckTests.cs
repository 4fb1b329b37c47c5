using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Audit.Desk;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Audit;

/// <summary>What operators see of looks at the whole trail, and of one record.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AuditCheckTests
{
    private const string Reason = "somebody asked whether it is whole";

    [Fact]
    public async Task A_Look_That_Was_Asked_For_Is_Carried_Out_Once_And_Tells_What_It_Found()
    {
        await using var world = await AuditWorld.CreateAsync();
        var staff = await StaffOnDuty.CreateAsync(world.Database);
        await world.WriteAsync(40, transactions: 2);
        await world.SealUntilAsync(40);
        Assert.Equal(new AuditChecked(null, null), await CheckedAsync(world));

        Assert.IsType<ActOutcome.Done>(await AskAsync(world, (AuditDesk desk) => desk.VerifyAsync(staff.Person, Reason, CancellationToken.None)));
        Assert.IsType<ActOutcome.Refused>(await AskAsync(world, (AuditDesk desk) => desk.VerifyAsync(staff.Person, Reason, CancellationToken.None)));
        var asked = (await CheckedAsync(world)).Running!.Id;
        Assert.True(await AskAsync(world, (AuditChecks checks) => checks.TakeAsync(asked, CancellationToken.None)));
        // Somebody is at it; a second one leaves it alone, and takes over when the first one is gone.
        await RunAsync(world, asked);
        Assert.Null((await CheckedAsync(world)).Last);
        await world.Database.ExecuteAsync("UPDATE audit_checks SET seen_at = seen_at - interval '31 seconds'");
        await RunAsync(world, asked);

        var last = (await CheckedAsync(world)).Last!;
        Assert.Equal((asked, 40L, 0, await world.ScalarAsync<long>("SELECT max(record_ids[array_upper(record_ids, 1)]) FROM audit_seals")), (last.Id, last.Done, last.Breaks, last.ThroughRecord!.Value));

        await world.TamperAsync("UPDATE audit_records SET reason = 'another' WHERE id = (SELECT min(id) FROM audit_records)");
        await world.RunVerifyJobAsync();
        last = (await CheckedAsync(world)).Last!;
        Assert.True(last.Breaks > 0);
        Assert.Contains("is not what was sealed", last.FirstBreak!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PortalRoles.Support, 0, typeof(ActOutcome.NotAllowed))]
    [InlineData(PortalRoles.Admin, 16, typeof(ActOutcome.StepNeeded))]
    public async Task Who_May_Not_Starts_No_Look(string role, int minutes, Type refusal)
    {
        await using var world = await AuditWorld.CreateAsync();
        var staff = await StaffOnDuty.CreateAsync(world.Database, role, TimeSpan.FromMinutes(minutes));

        Assert.IsType(refusal, await AskAsync(world, (AuditDesk desk) => desk.VerifyAsync(staff.Person, Reason, CancellationToken.None)));
        Assert.Null((await CheckedAsync(world)).Running);
    }

    [Fact]
    public async Task A_Record_Shows_Its_Seal_Its_Neighbours_And_That_It_Was_Changed()
    {
        await using var world = await AuditWorld.CreateAsync();
        await world.WriteAsync(3);
        var queries = world.Portal.Services.GetRequiredService<AuditRecordQueries>();
        var ids = await world.ScalarAsync<long[]>("SELECT array_agg(id ORDER BY id) FROM audit_records");
        Assert.Null((await queries.RecordAsync(ids[1], CancellationToken.None))!.Seal);
        await world.SealUntilAsync(3);

        var record = (await queries.RecordAsync(ids[1], CancellationToken.None))!;
        Assert.Equal((ids[0], ids[2], 3, true), (record.Previous!.Value, record.Next!.Value, record.Seal!.Records, record.Seal.Matches));
        Assert.Null((await queries.RecordAsync(ids[0], CancellationToken.None))!.Previous);
        await world.TamperAsync($"UPDATE audit_records SET target = 'device:x' WHERE id = {ids[1]}");

        var changed = (await queries.RecordAsync(ids[1], CancellationToken.None))!;
        Assert.NotEqual(record.Hash, changed.Hash);
        Assert.False(changed.Seal!.Matches);
        Assert.Null(await queries.RecordAsync(ids[2] + 100, CancellationToken.None));
    }

    private static Task<AuditChecked> CheckedAsync(AuditWorld world) =>
        world.Portal.Services.GetRequiredService<AuditQueries>().CheckedAsync(DateTimeOffset.UtcNow, CancellationToken.None);

    private static Task<bool> RunAsync(AuditWorld world, Guid check) => AskAsync(world, async (VerifyAuditJob job) =>
    {
        await job.RunAsync(check, CancellationToken.None);
        return true;
    });

    private static async Task<T> AskAsync<TService, T>(AuditWorld world, Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = world.Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
