using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LinkAccessTests(TestDatabase database) : CustodyTest(database), IClassFixture<TestDatabase>
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(3);
    private static readonly TimeSpan s_over = TimeSpan.FromMinutes(-1);

    [Theory]
    [InlineData(RingTokenState.Exchanged)]
    [InlineData(RingTokenState.Unclaimed)]
    [InlineData(RingTokenState.Claiming)]
    [InlineData(RingTokenState.Uncertain)]
    [InlineData(RingTokenState.Confirmed)]
    [InlineData(RingTokenState.Active)]
    [InlineData(RingTokenState.ReauthRequired)]
    public async Task A_Token_That_Lives_Is_Used_As_It_Is(RingTokenState state)
    {
        var id = await AddLinkAsync(s_long, state);

        Assert.Equal("access-0", (await Access.CallAsync(id, TellAsync, CancellationToken.None)).Value);
        Assert.Equal(0, Tokens.Asked);
    }

    [Theory]
    [InlineData(RingTokenState.Removed)]
    [InlineData(RingTokenState.Disconnected)]
    [InlineData(RingTokenState.Expired)]
    [InlineData(RingTokenState.Failed)]
    public async Task A_Link_That_Is_Over_Makes_No_Call(RingTokenState state)
    {
        var id = await AddLinkAsync(s_long, state);

        Assert.IsType<RingFailure.Unauthorized>((await Access.CallAsync<string>(id, NeverAsync, CancellationToken.None)).Failure);
        Assert.IsType<RingFailure.Unauthorized>((await Access.CallAsync<string>(Guid.NewGuid(), NeverAsync, CancellationToken.None)).Failure);
        Assert.Equal(0, Tokens.Asked);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-60)]
    public async Task A_Token_With_Less_Than_Five_Minutes_Is_Renewed_And_Stored_Before_It_Is_Used(int minutesLeft)
    {
        var id = await AddLinkAsync(TimeSpan.FromMinutes(minutesLeft));

        var result = await Access.CallAsync(id, async (token, _) => RingResult.Success((Token: token, Stored: await OpenAsync(id))), CancellationToken.None);

        Assert.Equal(("access-1", ("access-1", "refresh-1")), result.Value);
        var row = await RowAsync(id);
        Assert.Equal((1, RingTokenState.Active, null, null), (row.Version, row.State, row.LeaseId, row.RefreshFailingSince));
        Assert.InRange(row.AccessExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromHours(3.9), TimeSpan.FromHours(4));
        Assert.InRange(row.RefreshedAt!.Value, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task After_A_401_The_Token_Is_Renewed_Once_And_The_Call_Repeated_Once()
    {
        var id = await AddLinkAsync(s_long);
        var used = new List<string>();

        var good = await Access.CallAsync(id, RefuseFirst(used, 1), CancellationToken.None);
        Assert.Equal("access-1", good.Value);
        Assert.Equal(["access-0", "access-1"], used);

        used.Clear();
        var bad = await Access.CallAsync(id, RefuseFirst(used, 9), CancellationToken.None);
        Assert.IsType<RingFailure.Unauthorized>(bad.Failure);
        Assert.Equal(["access-1", "access-2"], used);
        Assert.Equal(2, Tokens.Asked);
    }

    [Fact]
    public async Task A_403_Is_Answered_By_A_Renewal_Only_Where_It_Means_A_Bad_Token()
    {
        var id = await AddLinkAsync(s_long);
        static Task<RingResult<string>> Forbid(string token, CancellationToken _) =>
            Task.FromResult(token == "access-0" ? new RingFailure.Forbidden(null) : RingResult.Success(token));

        Assert.IsType<RingFailure.Forbidden>((await Access.CallAsync<string>(id, Forbid, CancellationToken.None)).Failure);
        Assert.Equal(0, Tokens.Asked);
        Assert.Equal("access-1", (await Access.CallAsync<string>(id, Forbid, forbiddenMeansExpired: true, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_Token_That_Somebody_Renewed_Meanwhile_Is_Not_Renewed_Again()
    {
        var id = await AddLinkAsync(s_long);

        var result = await Access.CallAsync(
            id,
            async (token, ct) =>
            {
                // While our call is under way another caller, refused as well, renews the token.
                return token == "access-0"
                    ? (await Access.CallAsync(id, RefuseFirst([], 1), ct)).IsSuccess ? new RingFailure.Unauthorized() : throw new InvalidOperationException()
                    : RingResult.Success(token);
            },
            CancellationToken.None);

        Assert.Equal("access-1", result.Value);
        Assert.Equal(1, Tokens.Asked);
    }

    [Fact]
    public async Task An_Answer_Without_A_Refresh_Token_Keeps_The_One_Before()
    {
        var id = await AddLinkAsync(s_over);
        Tokens.Before = (http, _) => Answered(http, 200, """{"access_token":"access-x","expires_in":3600}""");

        await Access.CallAsync(id, TellAsync, CancellationToken.None);

        Assert.Equal(("access-x", "refresh-0"), await OpenAsync(id));
    }

    [Fact]
    public async Task No_Token_Is_Logged_At_Any_Level()
    {
        var id = await AddLinkAsync(s_over);
        await Access.CallAsync(id, TellAsync, CancellationToken.None);
        await EndLeaseAsync(id);
        await Access.CallAsync(id, RefuseFirst([], 1), CancellationToken.None);

        Assert.NotEmpty(Logs.Lines);
        Assert.DoesNotContain(Logs.Lines, line => line.Contains("access-", StringComparison.Ordinal) || line.Contains("refresh-", StringComparison.Ordinal) || line.Contains("canary", StringComparison.Ordinal));
    }

    private static Func<string, CancellationToken, Task<RingResult<string>>> RefuseFirst(List<string> used, int refusals) => (token, _) =>
    {
        used.Add(token);
        return Task.FromResult(used.Count <= refusals ? new RingFailure.Unauthorized() : RingResult.Success(token));
    };

    private static async Task<bool> Answered(Microsoft.AspNetCore.Http.HttpContext http, int status, string body = "")
    {
        await http.AnswerAsync(status, body);
        return true;
    }
}
