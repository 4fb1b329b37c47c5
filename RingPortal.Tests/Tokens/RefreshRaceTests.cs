using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RefreshRaceTests(TestDatabase database) : CustodyTest(database), IClassFixture<TestDatabase>
{
    private static readonly TimeSpan s_over = TimeSpan.FromMinutes(-1);
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Fifty_Callers_On_Two_Instances_Ask_Ring_Once(int round)
    {
        _ = round;
        var id = await AddLinkAsync(s_over);
        var accesses = Instances.Select(instance => instance.GetRequiredService<LinkAccess>()).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(caller =>
            Task.Run(() => accesses[caller % 2].CallAsync(id, TellAsync, CancellationToken.None))));

        Assert.All(results, result => Assert.Equal("access-1", result.Value));
        Assert.Equal(1, Tokens.Asked);
        Assert.Equal(1, (await RowAsync(id)).Version);
        Assert.Equal(("access-1", Tokens.Current), await OpenAsync(id));
    }

    [Fact]
    public async Task Fifty_Callers_Whose_Token_Is_Refused_At_Once_Renew_It_Once()
    {
        var id = await AddLinkAsync(TimeSpan.FromHours(3));
        var accesses = Instances.Select(instance => instance.GetRequiredService<LinkAccess>()).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(caller => Task.Run(() => accesses[caller % 2].CallAsync(
            id,
            (token, _) => Task.FromResult(token == "access-0" ? new RingFailure.Unauthorized() : RingResult.Success(token)),
            CancellationToken.None))));

        Assert.All(results, result => Assert.Equal("access-1", result.Value));
        Assert.Equal(1, Tokens.Asked);
    }

    [Fact]
    public async Task A_Loser_Who_Is_Refused_Late_Does_Not_Disable_The_Good_Token()
    {
        var id = await AddLinkAsync(s_over);
        var slow = new Gate();
        Tokens.Before = (_, number) => number == 1 ? slow.HoldAsync() : Task.FromResult(false);

        var loser = Call(0, id);
        await Eventually.TrueAsync(() => Tokens.Asked == 1, s_bound);
        await EndLeaseAsync(id);
        Assert.Equal("access-1", (await Call(1, id)).Value);
        slow.Open();

        // The first one's refresh token is spent by now: Ring refuses it, and the row does not care.
        Assert.Equal("access-1", (await loser).Value);
        Assert.Equal(2, Tokens.Asked);
        Assert.Equal(RingTokenState.Active, (await RowAsync(id)).State);
        Assert.Equal(("access-1", "refresh-1"), await OpenAsync(id));
        Assert.Equal(0, await OpenAlarmsAsync($"link.reauth.{id:N}"));
    }

    [Fact]
    public async Task A_Good_Pair_That_Comes_Late_Still_Heals_The_Link()
    {
        var id = await AddLinkAsync(s_over);
        var slow = new Gate();
        Tokens.Before = async (http, number) =>
        {
            if (number != 1)
            {
                return false;
            }

            var (status, body) = Tokens.Rotate("refresh-0");
            await slow.HoldAsync();
            await http.AnswerAsync(status, body);
            return true;
        };

        var winner = Call(0, id);
        await Eventually.TrueAsync(() => Tokens.Asked == 1, s_bound);
        await EndLeaseAsync(id);
        Assert.IsType<RingFailure.Unauthorized>((await Call(1, id)).Failure);
        Assert.Equal(RingTokenState.ReauthRequired, (await RowAsync(id)).State);
        slow.Open();

        Assert.Equal("access-1", (await winner).Value);
        Assert.Equal(RingTokenState.Active, (await RowAsync(id)).State);
        Assert.Equal(("access-1", "refresh-1"), await OpenAsync(id));
        Assert.Equal(0, await OpenAlarmsAsync($"link.reauth.{id:N}"));
    }

    [Fact]
    public async Task A_Caller_Who_Gives_Up_Does_Not_Lose_The_New_Pair()
    {
        var id = await AddLinkAsync(s_over);
        var slow = new Gate();
        Tokens.Before = (_, _) => slow.HoldAsync();
        using var giveUp = new CancellationTokenSource();

        var call = Instances[0].GetRequiredService<LinkAccess>().CallAsync(id, TellAsync, giveUp.Token);
        await Eventually.TrueAsync(() => Tokens.Asked == 1, s_bound);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        slow.Open();

        await Eventually.TrueAsync(async () => (await RowAsync(id)).Version == 1, s_bound);
        Assert.Equal(("access-1", "refresh-1"), await OpenAsync(id));
    }

    [Fact]
    public async Task A_Portal_That_Stops_Waits_For_The_New_Pair()
    {
        var id = await AddLinkAsync(s_over);
        var slow = new Gate();
        Tokens.Before = (_, _) => slow.HoldAsync();

        var call = Call(0, id);
        await Eventually.TrueAsync(() => Tokens.Asked == 1, s_bound);
        var stopping = Instances[0].GetRequiredService<RefreshFlights>().StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        slow.Open();
        await stopping;

        Assert.Equal(1, (await RowAsync(id)).Version);
        Assert.True((await call).IsSuccess);
    }

    [Fact]
    public async Task A_New_Pair_Outlives_A_Database_That_Is_Away()
    {
        var id = await AddLinkAsync(s_over);
        var slow = new Gate();
        Tokens.Before = (_, _) => slow.HoldAsync();

        var call = Call(0, id);
        await Eventually.TrueAsync(() => Tokens.Asked == 1, s_bound);
        // A lock that nobody gets past stands for a database that does not answer: statements end by lock_timeout.
        await using (var blocker = await Database.Source.OpenConnectionAsync())
        {
            await using var transaction = await blocker.BeginTransactionAsync();
            await using var update = blocker.CreateCommand();
            update.CommandText = $"UPDATE ring_tokens SET source_network = 'x' WHERE id = '{id}'";
            await update.ExecuteNonQueryAsync();
            slow.Open();
            await Eventually.TrueAsync(() => Logs.Lines.Any(line => line.Contains("could not be stored yet", StringComparison.Ordinal)), s_bound);
            await transaction.RollbackAsync();
        }

        Assert.Equal("access-1", (await call).Value);
        Assert.Equal(("access-1", "refresh-1"), await OpenAsync(id));
    }

    [Fact]
    public async Task A_Lease_Whose_Holder_Died_Ends_By_Itself()
    {
        var id = await AddLinkAsync(s_over);
        await Database.ExecuteAsync($"UPDATE ring_tokens SET lease_id = gen_random_uuid(), lease_until = now() + interval '1500 milliseconds' WHERE id = '{id}'");

        Assert.Equal("access-1", (await Call(0, id)).Value);
    }

    private Task<RingResult<string>> Call(int instance, Guid id) =>
        Instances[instance].GetRequiredService<LinkAccess>().CallAsync(id, TellAsync, CancellationToken.None);

    /// <summary>Holds an answer back until the test lets it go.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _open.SetResult();

        public async Task<bool> HoldAsync()
        {
            await _open.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return false;
        }
    }
}
