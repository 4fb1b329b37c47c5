using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Rights;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Admin.Accounts;
using RingPortal.Web.Features.Events;

namespace RingPortal.Tests.Admin.Accounts;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AccountDeskQueriesTests(AccountDeskQueriesTests.Host host) : IClassFixture<AccountDeskQueriesTests.Host>
{
    [Fact]
    public async Task An_Account_Is_Found_By_What_Is_Whole_And_By_Nothing_Else()
    {
        var (account, email) = await PersonAsync();
        var ring = await host.WithContextAsync(context => context.RingTokens.Where(token => token.UserId == account)
            .Select(token => new { token.AccountId, token.State }).ToListAsync());
        var living = ring.First(token => token.State == RingTokenState.Active).AccountId!;

        Assert.Equal([new FoundAccount(account, email)], await FindAsync($" {email.ToUpperInvariant()} "));
        Assert.Equal([new FoundAccount(account, email)], await FindAsync(living));
        Assert.All(
            [await FindAsync(email[..^1]), await FindAsync(living[..^1]), await FindAsync(""), await FindAsync("%"), await FindAsync(ring.Single(token => token.State == RingTokenState.Removed).AccountId!)],
            Assert.Empty);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(email, StringComparison.OrdinalIgnoreCase) || line.Contains(living, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_Desk_Shows_Connections_Cameras_And_The_Kind_And_Time_Of_Events()
    {
        var (account, email) = await PersonAsync();

        var view = (await ViewAsync(account))!;

        Assert.Equal((email, false, null, AccountState.Open, false), (view.Email, view.EmailConfirmed, view.Role, view.State, view.HasSecondStep));
        Assert.Equal([RingTokenState.Active, RingTokenState.Active, RingTokenState.Removed], view.Connections.Select(connection => connection.State));
        Assert.Equal([("Canary Porch", (bool?)true)], view.Cameras.Select(camera => (camera.Name, camera.Online)));
        Assert.Equal([TimelineKind.Ring, TimelineKind.Ring], view.Events.Select(entry => entry.Kind));
        Assert.Null(await ViewAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task What_Went_Wrong_With_Signing_In_Is_Counted()
    {
        var (account, email) = await PersonAsync();
        using var stranger = new Visitor(host.Address);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await stranger.SignInAsync(email, "not the password at all")).StatusCode);
        }

        AccountView? view = null;
        await Eventually.TrueAsync(async () => (view = await ViewAsync(account))!.SignIns.Count == 2, TimeSpan.FromSeconds(20), "failures and the lock are recorded");

        Assert.Equal([("sign-in.failed", 5), ("sign-in.locked", 1)], view!.SignIns.Select(trouble => (trouble.Action, trouble.Count)).Order());
        Assert.Equal(AccountState.LockedByTries, view.State);
    }

    private async Task<(Guid Account, string Email)> PersonAsync()
    {
        using var browser = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await browser.SignUpAsync(email);
        await using var scope = host.Services.CreateAsyncScope();
        await RightsBelongings.MakeAsync(scope.ServiceProvider, email);
        return (await host.WithContextAsync(context => context.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync()), email);
    }

    private async Task<IReadOnlyList<FoundAccount>> FindAsync(string typed)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountSearch>().FindAsync(typed, CancellationToken.None);
    }

    private async Task<AccountView?> ViewAsync(Guid account)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountDeskQueries>().ViewAsync(account, CancellationToken.None);
    }

    public sealed class Host : AccountHost
    {
        public Host() => With("Vault:Keys:0", RingServices.VaultKey);
    }
}
