using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Tokens.Restore;

namespace RingPortal.Tests.Tokens;

/// <summary>After a restore every link is suspect, is tried once, and is listed with what came of it.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SuspectLinksTests(TestDatabase database) : CustodyTest(database), IClassFixture<TestDatabase>
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(3);

    [Fact]
    public async Task A_Link_Whose_Token_Is_Still_Good_Is_Renewed_Once()
    {
        var id = await AddLinkAsync(s_long);

        Assert.Equal(1, await AskAsync(links => links.MarkAsync(CancellationToken.None)));
        Assert.Equal([new SuspectLink(id, SuspectFate.Waiting)], await AskAsync(links => links.ListAsync(CancellationToken.None)));
        await TryAsync();
        await TryAsync();

        Assert.Equal(1, Tokens.Asked);
        Assert.Equal([new SuspectLink(id, SuspectFate.Renewed)], await AskAsync(links => links.ListAsync(CancellationToken.None)));
        Assert.Equal(1, await Database.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = 'token.suspect' AND target = 'link:{id}'"));
    }

    [Fact]
    public async Task A_Link_Whose_Token_Was_Spent_Is_Refused_Once_And_Needs_Its_Owner()
    {
        var id = await AddLinkAsync(s_long);
        Tokens.Rotate("refresh-0");

        await AskAsync(links => links.MarkAsync(CancellationToken.None));
        await TryAsync();
        await TryAsync();

        Assert.Equal(1, Tokens.Asked);
        Assert.Equal([new SuspectLink(id, SuspectFate.Refused)], await AskAsync(links => links.ListAsync(CancellationToken.None)));
        Assert.Equal("REAUTH_REQUIRED", await Database.ScalarAsync<string>($"SELECT state FROM ring_tokens WHERE id = '{id}'"));
    }

    [Fact]
    public async Task A_Lease_From_Before_Does_Not_Hold_Up_The_Trial_And_Other_States_Are_Left_Alone()
    {
        var id = await AddLinkAsync(s_long);
        await AddLinkAsync(s_long, RingTokenState.ReauthRequired);
        await AddLinkAsync(s_long, RingTokenState.Unclaimed);
        await Database.ExecuteAsync($"UPDATE ring_tokens SET lease_id = gen_random_uuid(), lease_until = now() + interval '1 hour' WHERE id = '{id}'");

        Assert.Equal(1, await AskAsync(links => links.MarkAsync(CancellationToken.None)));
        await TryAsync();

        Assert.Equal([new SuspectLink(id, SuspectFate.Renewed)], await AskAsync(links => links.ListAsync(CancellationToken.None)));
    }

    private Task<int> TryAsync() => AskAsync(async links =>
    {
        await links.TryAsync(CancellationToken.None);
        return 0;
    });

    private async Task<T> AskAsync<T>(Func<SuspectLinks, Task<T>> ask)
    {
        await using var scope = Instances[0].CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<SuspectLinks>());
    }
}
