using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RefreshTokensJobTests(TestDatabase database) : CustodyTest(database), IClassFixture<TestDatabase>
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(3);

    [Theory]
    [InlineData(RingTokenState.Active, 27, 1)]
    [InlineData(RingTokenState.Confirmed, 27, 1)]
    [InlineData(RingTokenState.ReauthRequired, 27, 1)]
    [InlineData(RingTokenState.Active, 21, 0)]
    [InlineData(RingTokenState.Unclaimed, 27, 0)]
    [InlineData(RingTokenState.Removed, 27, 0)]
    public async Task Links_Are_Renewed_A_Day_After_The_Last_Time(RingTokenState state, int hours, int renewed)
    {
        var id = await AddLinkAsync(s_long, state, TimeSpan.FromHours(hours));

        await RunAsync();
        await RunAsync();

        Assert.Equal(renewed, Tokens.Asked);
        Assert.Equal(renewed, (await RowAsync(id)).Version);
    }

    [Fact]
    public async Task Jobs_On_Two_Instances_At_Once_Renew_Each_Link_Once()
    {
        // The server knows one refresh token only, so it is told to take all.
        Tokens.Before = async (http, number) =>
        {
            await http.AnswerAsync(200, $$"""{"access_token":"a{{number}}","refresh_token":"r{{number}}","expires_in":14400}""");
            return true;
        };
        var ids = new List<Guid>();
        for (var link = 0; link < 10; link++)
        {
            ids.Add(await AddLinkAsync(s_long, RingTokenState.Active, TimeSpan.FromHours(27)));
        }

        await Task.WhenAll(RunAsync(0), RunAsync(1));

        Assert.Equal(10, Tokens.Asked);
        foreach (var id in ids)
        {
            Assert.Equal(1, (await RowAsync(id)).Version);
        }
    }

    [Fact]
    public async Task A_Link_That_Was_Refused_Is_Tried_Again_Later_And_A_Success_Settles_The_Alarm()
    {
        var id = await AddLinkAsync(s_long, RingTokenState.Active, TimeSpan.FromHours(27));
        Tokens.Before = async (http, _) =>
        {
            await http.AnswerAsync(400, """{"error":"invalid_grant"}""");
            return true;
        };
        await RunAsync();
        await RunAsync();
        Assert.Equal(1, Tokens.Asked);
        Assert.Equal(RingTokenState.ReauthRequired, (await RowAsync(id)).State);
        Assert.Equal(1, await OpenAlarmsAsync($"link.reauth.{id:N}"));
        // Its owner is told, and while nothing changes not again.
        await Database.ExecuteAsync($"UPDATE ring_tokens SET relink_notice_at = now() WHERE id = '{id}'");
        await EndLeaseAsync(id);
        await RunAsync();
        Assert.NotNull((await RowAsync(id)).RelinkNoticeAt);

        Tokens.Before = (_, _) => Task.FromResult(false);
        await EndLeaseAsync(id);
        await RunAsync();

        Assert.Equal(RingTokenState.Active, (await RowAsync(id)).State);
        Assert.Equal(0, await OpenAlarmsAsync($"link.reauth.{id:N}"));

        // The next time is told anew.
        Tokens.Before = async (http, _) =>
        {
            await http.AnswerAsync(400, """{"error":"invalid_grant"}""");
            return true;
        };
        await Database.ExecuteAsync($"UPDATE ring_tokens SET refreshed_at = now() - interval '27 hours' WHERE id = '{id}'");
        await RunAsync();
        Assert.Equal((RingTokenState.ReauthRequired, null), ((await RowAsync(id)).State, (await RowAsync(id)).RelinkNoticeAt));
    }

    [Fact]
    public async Task Tokens_That_Do_Not_Open_Raise_An_Alarm_Keep_Their_Link_And_Hold_Up_Nobody()
    {
        var broken = await AddLinkAsync(s_long, RingTokenState.Active, TimeSpan.FromHours(29));
        var whole = await AddLinkAsync(s_long, RingTokenState.Active, TimeSpan.FromHours(27));
        await Database.ExecuteAsync($"UPDATE ring_tokens SET sealed_refresh_token = set_byte(sealed_refresh_token, 20, (get_byte(sealed_refresh_token, 20) + 1) % 256) WHERE id = '{broken}'");

        await RunAsync();
        await RunAsync();

        Assert.Equal(1, (await RowAsync(whole)).Version);
        Assert.Equal((RingTokenState.Active, 0), ((await RowAsync(broken)).State, (await RowAsync(broken)).Version));
        Assert.Equal(1, Tokens.Asked);
        Assert.Equal(1, await OpenAlarmsAsync("token.unreadable"));
        await Database.ExecuteAsync($"DELETE FROM ring_tokens WHERE id = '{broken}'; DELETE FROM alarms WHERE key = 'token.unreadable'");
    }

    [Theory]
    [InlineData(4, 0, 0)]
    [InlineData(8, 1, 0)]
    [InlineData(21, 1, 1)]
    public async Task Links_That_Cannot_Be_Renewed_For_Days_Raise_Alarms_Until_They_Can(int days, int afterSeven, int afterTwenty)
    {
        var id = await AddLinkAsync(s_long, RingTokenState.Active, TimeSpan.FromDays(days));
        Tokens.Before = async (http, _) =>
        {
            await http.AnswerAsync(503);
            return true;
        };

        await RunAsync();
        Assert.Equal((afterSeven, afterTwenty), (await OpenAlarmsAsync("token.stale.7d"), await OpenAlarmsAsync("token.stale.20d")));
        Assert.Contains(Logs.Lines, line => line.Contains("have not been renewed for 3 days", StringComparison.Ordinal));

        Tokens.Before = (_, _) => Task.FromResult(false);
        await EndLeaseAsync(id);
        await RunAsync();
        Assert.Equal((0, 0), (await OpenAlarmsAsync("token.stale.7d"), await OpenAlarmsAsync("token.stale.20d")));
    }

    private async Task RunAsync(int instance = 0)
    {
        await using var scope = Instances[instance].CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RefreshTokensJob>().RunAsync(CancellationToken.None);
    }
}
