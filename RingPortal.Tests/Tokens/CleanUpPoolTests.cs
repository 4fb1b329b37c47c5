using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Tokens.Pool;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class CleanUpPoolTests : IAsyncLifetime
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private TestDatabase _database = null!;
    private PortalHost _portal = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        // Composed and not started: its workers must not tidy what these tests lay out.
        _portal = PortalHost.Compose(_database);
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_Nobody_Claimed_Loses_Its_Tokens_After_15_Minutes()
    {
        var young = await AddAsync(RingTokenState.Unclaimed, minutesOld: 14);
        var old = await AddAsync(RingTokenState.Unclaimed, minutesOld: 16);
        var nameless = await AddAsync(RingTokenState.Exchanged, minutesOld: 16);

        await RunAsync();

        Assert.Equal(RingTokenState.Unclaimed, (await RowAsync(young)).State);
        Assert.Equal(RingTokenState.Expired, (await RowAsync(nameless)).State);
        var ended = await RowAsync(old);
        Assert.Equal(RingTokenState.Expired, ended.State);
        Assert.Null(ended.SealedAccessToken);
        Assert.Null(ended.SealedRefreshToken);
        Assert.Equal(
            new[] { $"link:{nameless}", $"link:{old}" }.Order(StringComparer.Ordinal),
            (await _database.ScalarAsync<string[]>("SELECT array_agg(target) FROM audit_records WHERE action = 'token.expired'")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Somebody_On_The_Link_Page_Keeps_The_Pool_Open_But_Not_Beyond_30_Minutes()
    {
        await using (var context = _database.CreateContext())
        {
            context.Arrivals.Add(Arrival("accepted", secondsAgo: 500));
            await context.SaveChangesAsync();
        }

        var waited = await AddAsync(RingTokenState.Unclaimed, minutesOld: 20);
        var capped = await AddAsync(RingTokenState.Unclaimed, minutesOld: 31);

        await RunAsync();

        Assert.Equal(RingTokenState.Unclaimed, (await RowAsync(waited)).State);
        Assert.Equal(RingTokenState.Expired, (await RowAsync(capped)).State);
    }

    [Theory]
    [InlineData("accepted", 601)]
    [InlineData("malformed", 10)]
    public async Task An_Arrival_That_Is_Over_Or_Not_Well_Formed_Keeps_Nothing(string verdict, int secondsAgo)
    {
        await using (var context = _database.CreateContext())
        {
            context.Arrivals.Add(Arrival(verdict, secondsAgo));
            await context.SaveChangesAsync();
        }

        var row = await AddAsync(RingTokenState.Unclaimed, minutesOld: 16);
        await RunAsync();
        Assert.Equal(RingTokenState.Expired, (await RowAsync(row)).State);
    }

    [Fact]
    public async Task A_Refused_Claim_Starts_The_Retention_Anew()
    {
        var row = await AddAsync(RingTokenState.Unclaimed, minutesOld: 60, retainMinutes: 2);
        await RunAsync();
        Assert.Equal(RingTokenState.Unclaimed, (await RowAsync(row)).State);
    }

    [Fact]
    public async Task A_Code_That_Ran_Out_Is_Ended_But_One_That_May_Be_Spent_Is_Left_To_Whoever_Raises_The_Alarm()
    {
        var unspent = await AddAsync(RingTokenState.Received, minutesOld: 1.1);
        var doubtful = await AddAsync(RingTokenState.Received, minutesOld: 1.1);
        await _database.ExecuteAsync($"UPDATE ring_tokens SET outcome_unknown = true WHERE id = '{doubtful}'");

        await RunAsync();

        Assert.Equal(RingTokenState.Expired, (await RowAsync(unspent)).State);
        Assert.Equal(RingTokenState.Received, (await RowAsync(doubtful)).State);
    }

    [Fact]
    public async Task A_Large_Pool_Raises_An_Alarm_Once_And_Settles_It_By_Itself()
    {
        await RunAsync(alarmSize: 1);
        Assert.Equal(0, await OpenAlarmsAsync());
        var row = await AddAsync(RingTokenState.Unclaimed, minutesOld: 1);
        await RunAsync(alarmSize: 1);
        await RunAsync(alarmSize: 1);
        Assert.Equal(1, await OpenAlarmsAsync());
        await _database.ExecuteAsync($"UPDATE ring_tokens SET state = 'EXPIRED', sealed_access_token = NULL, sealed_refresh_token = NULL WHERE id = '{row}'");
        await RunAsync(alarmSize: 1);
        Assert.Equal(0, await OpenAlarmsAsync());
    }

    private async Task<Guid> AddAsync(RingTokenState state, double minutesOld, double? retainMinutes = null)
    {
        var at = _now.AddMinutes(-minutesOld);
        var ended = RingTokenTransitions.Ended.Contains(state);
        var row = new RingToken
        {
            State = state,
            CodeHash = Guid.NewGuid().ToByteArray(),
            AccountId = state is RingTokenState.Exchanged or RingTokenState.Received ? null : $"ava1.ring.account.{Guid.NewGuid():N}",
            SealedAccessToken = ended ? null : [1],
            SealedRefreshToken = ended ? null : [2],
            SourceNetwork = "192.0.2.0/24",
            ReceivedAt = at,
            RetainFrom = retainMinutes is { } minutes ? _now.AddMinutes(-minutes) : at,
            StateChangedAt = at,
        };
        await using var context = _database.CreateContext();
        context.RingTokens.Add(row);
        await context.SaveChangesAsync();
        return row.Id;
    }

    private async Task<RingToken> RowAsync(Guid id)
    {
        await using var context = _database.CreateContext();
        return await context.RingTokens.SingleAsync(token => token.Id == id);
    }

    private Task<long> OpenAlarmsAsync() => _database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'pool.size' AND resolved_at IS NULL");

    private Task RunAsync(int alarmSize = 1000)
    {
        var services = _portal.Services;
        var job = new CleanUpPoolJob(
            (Web.Hosting.PortalDataSources)services.GetService(typeof(Web.Hosting.PortalDataSources))!,
            TimeProvider.System,
            Options.Create(new Web.Features.Tokens.PoolOptions { AlarmSize = alarmSize }),
            (Web.Features.Admin.Alarms)services.GetService(typeof(Web.Features.Admin.Alarms))!,
            NullLogger<CleanUpPoolJob>.Instance);
        return job.RunAsync(CancellationToken.None);
    }

    private Arrival Arrival(string verdict, int secondsAgo) => new()
    {
        Route = "link",
        At = _now.AddSeconds(-secondsAgo),
        Verdict = verdict,
        Status = 303,
        ElapsedMilliseconds = 1,
        SourceNetwork = "192.0.2.0/24",
        Host = "localhost",
    };
}
