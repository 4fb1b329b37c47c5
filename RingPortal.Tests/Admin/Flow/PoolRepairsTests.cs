using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Jobs;
using RingPortal.Web.Features.Admin.Pool;
using RingPortal.Web.Features.Tokens.Pool;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>Repairs of installations, with Ring's simulator and real tokens.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class PoolRepairsTests(LinkWorld world) : IClassFixture<LinkWorld>, IAsyncLifetime
{
    private const string Reason = "Asked for by their person";

    private ClaimsPrincipal _admin = null!;

    public async Task InitializeAsync() => _admin = await StaffCast.PrincipalAsync(world.Portal.Services, PortalRoles.Admin, DateTimeOffset.UtcNow);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_Claim_That_Ring_Was_Never_Told_Of_Goes_Back_To_The_Pool()
    {
        var id = await ClaimedAsync("CLAIMING", minutes: 10);

        Assert.Equal(new ActOutcome.Done(1), await ActAsync(repairs => repairs.ReleaseAsync(_admin, id, Reason, CancellationToken.None)));

        var row = await RowAsync(id);
        Assert.Equal((RingTokenState.Unclaimed, (Guid?)null, (DateTimeOffset?)null), (row.State, row.UserId, row.ClaimedAt));
        Assert.NotNull(row.SealedAccessToken);
        Assert.Equal(1, await RecordsAsync("link.released", id));
    }

    [Fact]
    public async Task A_Claim_Whose_Answer_Is_Unknown_Is_Released_When_Ring_Knows_Nothing_Of_It()
    {
        var id = await ClaimedAsync("UNCERTAIN", minutes: 10);

        Assert.Equal(new ActOutcome.Done(1), await ActAsync(repairs => repairs.ReleaseAsync(_admin, id, Reason, CancellationToken.None)));

        Assert.Equal(RingTokenState.Unclaimed, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task A_Claim_That_Somebody_May_Be_At_Is_Left_To_Them()
    {
        // Just within the 45 s in which a step is somebody's: a busy machine needs some of them.
        var id = await ClaimedAsync("UNCERTAIN", minutes: 0.7);

        foreach (var outcome in new[]
        {
            await ActAsync(repairs => repairs.ReleaseAsync(_admin, id, Reason, CancellationToken.None)),
            await ActAsync(repairs => repairs.ResumeAsync(_admin, id, Reason, CancellationToken.None)),
        })
        {
            Assert.Equal(new ActOutcome.Refused("admin.pool.refused.busy"), outcome);
        }

        Assert.Equal((RingTokenState.Uncertain, 0), ((await RowAsync(id)).State, await RecordsAsync("link.released", id)));
    }

    [Fact]
    public async Task A_Paused_Step_Is_Resumed_At_Once()
    {
        var id = await ClaimedAsync("CONFIRMED", minutes: 60);

        Assert.Equal(new ActOutcome.Done(1), await ActAsync(repairs => repairs.ResumeAsync(_admin, id, Reason, CancellationToken.None)));

        // The worker has gone to Ring with it, or goes there again in seconds: not in an hour.
        await Eventually.TrueAsync(async () => (await RowAsync(id)) is { Attempts: > 0 } or { State: RingTokenState.Active }, TimeSpan.FromSeconds(30), "the step was tried");
        Assert.Equal(1, await RecordsAsync("link.resumed", id));
        Assert.Equal(new ActOutcome.Refused("admin.pool.refused.release"), await ActAsync(repairs => repairs.ReleaseAsync(_admin, id, Reason, CancellationToken.None)));
    }

    [Fact]
    public async Task An_Unclaimed_Installation_Ends_Without_Its_Tokens()
    {
        var id = await InstalledAsync();

        Assert.Equal(new ActOutcome.Done(1), await ActAsync(repairs => repairs.EndAsync(_admin, id, Reason, CancellationToken.None)));

        var row = await RowAsync(id);
        Assert.Equal((RingTokenState.Expired, null, null), (row.State, row.SealedAccessToken, row.SealedRefreshToken));
        Assert.Equal(new ActOutcome.Refused("admin.pool.refused.over"), await ActAsync(repairs => repairs.EndAsync(_admin, id, Reason, CancellationToken.None)));
    }

    [Fact]
    public async Task A_Living_Connection_Is_Torn_Down_By_The_Operator_Step_By_Step()
    {
        var id = await ClaimedAsync("CONFIRMED", minutes: 60);

        Assert.Equal(new ActOutcome.Done(1), await ActAsync(repairs => repairs.EndAsync(_admin, id, Reason, CancellationToken.None)));

        Assert.Equal((RingTokenState.Disconnected, null), ((await RowAsync(id)).State, (await RowAsync(id)).SealedRefreshToken));
        await using var context = world.Database.CreateContext();
        var work = await context.Teardowns.SingleAsync(row => row.RingTokenId == id);
        Assert.Equal(TeardownCause.Operator, work.Cause);
        var queries = world.Portal.Services.GetRequiredService<TeardownQueries>();
        await Eventually.TrueAsync(async () => (await queries.TeardownAsync(work.Id, CancellationToken.None))!.Row.CompletedAt is not null, TimeSpan.FromSeconds(60), "all steps are done");
        var steps = (await queries.TeardownAsync(work.Id, CancellationToken.None))!.Steps;
        Assert.Equal(["marked", "sessions", "work", "archive", "delete", "told"], steps.Select(step => step.Name));
        Assert.All(steps, step => Assert.NotNull(step.FinishedAt));
        Assert.Equal(work.Id, (await world.Portal.Services.GetRequiredService<PoolQueries>().LinkAsync(id, CancellationToken.None))!.TeardownId);
    }

    [Fact]
    public async Task Cleaning_Up_Now_Says_What_It_Came_To()
    {
        var old = await InstalledAsync();
        await world.Database.ExecuteAsync($"UPDATE ring_tokens SET retain_from = now() - interval '31 minutes' WHERE id = '{old}'");

        var (outcome, cleaned) = await ActAsync(repairs => repairs.CleanUpAsync(_admin, Reason, CancellationToken.None));

        Assert.IsType<ActOutcome.Done>(outcome);
        // The minute's own cleaning may have come first, and not be committed yet.
        await Eventually.TrueAsync(async () => (await RowAsync(old)).State is RingTokenState.Expired, TimeSpan.FromSeconds(10), "cleaned");
        Assert.True(cleaned is PoolCleaned { Expired: >= 0 } && await world.Database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'pool.cleaned'") == 1);
    }

    [Fact]
    public async Task Who_May_Not_Changes_Nothing()
    {
        var id = await ClaimedAsync("CLAIMING", minutes: 10);
        var support = await StaffCast.PrincipalAsync(world.Portal.Services, PortalRoles.Support, DateTimeOffset.UtcNow);
        var stale = await StaffCast.PrincipalAsync(world.Portal.Services, PortalRoles.Admin, DateTimeOffset.UtcNow.AddMinutes(-16));

        foreach (var (person, expected) in new (ClaimsPrincipal, ActOutcome)[] { (support, new ActOutcome.NotAllowed()), (stale, new ActOutcome.StepNeeded()) })
        {
            Assert.Equal(expected, await ActAsync(repairs => repairs.ResumeAsync(person, id, Reason, CancellationToken.None)));
            Assert.Equal(expected, await ActAsync(repairs => repairs.ReleaseAsync(person, id, Reason, CancellationToken.None)));
            Assert.Equal(expected, await ActAsync(repairs => repairs.EndAsync(person, id, Reason, CancellationToken.None)));
            Assert.Equal((expected, null), await ActAsync(repairs => repairs.CleanUpAsync(person, Reason, CancellationToken.None)));
        }

        Assert.Equal((RingTokenState.Claiming, 0), ((await RowAsync(id)).State, await RecordsAsync("link.end-ordered", id)));
    }

    /// <summary>An installation with real tokens in the pool.</summary>
    private async Task<Guid> InstalledAsync()
    {
        var person = await world.InstallAsync();
        await using var context = world.Database.CreateContext();
        return await context.RingTokens.Where(token => token.AccountId == person.AccountId).Select(token => token.Id).SingleAsync();
    }

    /// <summary>One that somebody claims, on the way of the allowed changes; its next step is due in so many minutes.</summary>
    private async Task<Guid> ClaimedAsync(string state, double minutes)
    {
        var id = await InstalledAsync();
        var owner = await StaffCast.PrincipalAsync(world.Portal.Services, null, null);
        var due = $"now() + interval '{(int)(minutes * 60)} seconds'";
        await world.Database.ExecuteAsync(
            $"UPDATE ring_tokens SET state = 'CLAIMING', user_id = '{owner.FindFirstValue(ClaimTypes.NameIdentifier)}', claimed_at = now(), claim_deadline = now() + interval '9 minutes', next_attempt_at = {due}, attempts = 0 WHERE id = '{id}'");
        foreach (var step in new[] { "UNCERTAIN", "CONFIRMED" }.Take(state switch { "CLAIMING" => 0, "UNCERTAIN" => 1, _ => 2 }))
        {
            await world.Database.ExecuteAsync($"UPDATE ring_tokens SET state = '{step}' WHERE id = '{id}'");
        }

        return id;
    }

    private async Task<RingToken> RowAsync(Guid id)
    {
        await using var context = world.Database.CreateContext();
        return await context.RingTokens.AsNoTracking().SingleAsync(token => token.Id == id);
    }

    private Task<long> RecordsAsync(string action, Guid id) =>
        world.Database.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = '{action}' AND target = 'link:{id}'");

    private async Task<T> ActAsync<T>(Func<PoolRepairs, Task<T>> act)
    {
        await using var scope = world.Portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<PoolRepairs>());
    }
}
