using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LinkAccessFailureTests(TestDatabase database) : CustodyTest(database), IClassFixture<TestDatabase>
{
    private static readonly TimeSpan s_short = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_over = TimeSpan.FromMinutes(-1);

    [Fact]
    public async Task While_Ring_Is_Down_The_Old_Token_Serves_As_Long_As_It_Lives()
    {
        var alive = await AddLinkAsync(s_short);
        var dead = await AddLinkAsync(s_over);
        Tokens.Before = (http, _) => Answered(http, 503);

        Assert.Equal("access-0", (await Access.CallAsync(alive, TellAsync, CancellationToken.None)).Value);
        Assert.IsType<RingFailure.Unavailable>((await Access.CallAsync<string>(dead, NeverAsync, CancellationToken.None)).Failure);
        Assert.Equal(4, Tokens.Asked);

        // Nobody asks again at once, and nobody gave the links up.
        Assert.Equal("access-0", (await Access.CallAsync(alive, TellAsync, CancellationToken.None)).Value);
        Assert.IsType<RingFailure.Unavailable>((await Access.CallAsync<string>(dead, NeverAsync, CancellationToken.None)).Failure);
        Assert.Equal(4, Tokens.Asked);
        var row = await RowAsync(dead);
        Assert.Equal((0, RingTokenState.Active, null), (row.Version, row.State, row.LeaseId));
        Assert.NotNull(row.RefreshFailingSince);

        Tokens.Before = (_, _) => Task.FromResult(false);
        await EndLeaseAsync(dead);
        Assert.Equal("access-1", (await Access.CallAsync(dead, TellAsync, CancellationToken.None)).Value);
        Assert.Null((await RowAsync(dead)).RefreshFailingSince);
    }

    [Fact]
    public async Task A_Refused_Renewal_Needs_The_Person_And_Raises_An_Alarm_Once()
    {
        var id = await AddLinkAsync(s_over);
        Tokens.Rotate(Tokens.Current);

        for (var call = 0; call < 3; call++)
        {
            Assert.IsType<RingFailure.Unauthorized>((await Access.CallAsync<string>(id, NeverAsync, CancellationToken.None)).Failure);
        }

        Assert.Equal(1, Tokens.Asked);
        Assert.Equal(RingTokenState.ReauthRequired, (await RowAsync(id)).State);
        Assert.Equal(1, await OpenAlarmsAsync($"link.reauth.{id:N}"));
    }

    [Theory]
    [InlineData(RingTokenState.Exchanged)]
    [InlineData(RingTokenState.Unclaimed)]
    [InlineData(RingTokenState.Claiming)]
    [InlineData(RingTokenState.Uncertain)]
    public async Task Before_The_Link_Stands_A_Refusal_Leaves_The_State_To_Its_Owner(RingTokenState state)
    {
        var id = await AddLinkAsync(s_over, state);
        Tokens.Rotate(Tokens.Current);

        Assert.IsType<RingFailure.Unauthorized>((await Access.CallAsync<string>(id, NeverAsync, CancellationToken.None)).Failure);
        Assert.Equal(state, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task A_Lost_Answer_Is_Asked_For_Once_More()
    {
        var id = await AddLinkAsync(s_over);
        Tokens.Before = (http, number) => number == 1 ? Dropped(http) : Task.FromResult(false);

        Assert.Equal("access-1", (await Access.CallAsync(id, TellAsync, CancellationToken.None)).Value);
        Assert.Equal(2, Tokens.Asked);
    }

    [Fact]
    public async Task A_Lost_Answer_That_Had_Its_Effect_Ends_At_The_Person()
    {
        var id = await AddLinkAsync(s_over);
        Tokens.Before = (http, number) =>
        {
            if (number > 1)
            {
                return Task.FromResult(false);
            }

            Tokens.Rotate("refresh-0");
            return Dropped(http);
        };

        Assert.IsType<RingFailure.Unauthorized>((await Access.CallAsync<string>(id, NeverAsync, CancellationToken.None)).Failure);
        Assert.Equal(2, Tokens.Asked);
        Assert.Equal(RingTokenState.ReauthRequired, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task Wrong_Credentials_Of_Ours_Give_No_Link_Up()
    {
        var id = await AddLinkAsync(s_over);
        Tokens.Before = (http, _) => Answered(http, 401, """{"error":"invalid_client"}""");

        Assert.IsType<RingFailure.Unavailable>((await Access.CallAsync<string>(id, NeverAsync, CancellationToken.None)).Failure);
        Assert.Equal(RingTokenState.Active, (await RowAsync(id)).State);
        Assert.Equal(1, await OpenAlarmsAsync("ring.credentials"));

        Tokens.Before = (_, _) => Task.FromResult(false);
        await EndLeaseAsync(id);
        Assert.True((await Access.CallAsync(id, TellAsync, CancellationToken.None)).IsSuccess);
        Assert.Equal(0, await OpenAlarmsAsync("ring.credentials"));
    }

    private static async Task<bool> Answered(Microsoft.AspNetCore.Http.HttpContext http, int status, string body = "")
    {
        await http.AnswerAsync(status, body);
        return true;
    }

    private static Task<bool> Dropped(Microsoft.AspNetCore.Http.HttpContext http)
    {
        http.Abort();
        return Task.FromResult(true);
    }
}
