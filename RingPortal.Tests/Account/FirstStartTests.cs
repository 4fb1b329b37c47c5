using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account;

namespace RingPortal.Tests.Account;

/// <summary>With a portal of its own: taking keys away from one whose pages are used would break their forms.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class FirstStartTests(AdminSeederTests.Host host) : IClassFixture<AdminSeederTests.Host>
{
    [Fact]
    public async Task Starting_Many_Times_At_Once_Makes_One_Administrator_And_One_Key()
    {
        await host.Database.ExecuteAsync("DELETE FROM users; DELETE FROM roles; DELETE FROM data_protection_keys");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.Services.PrepareAccountAsync(CancellationToken.None)));

        var admin = await host.WithContextAsync(context => context.Users.SingleAsync());
        Assert.Equal((AdminSeederTests.Email, true), (admin.Email, admin.EmailConfirmed));
        Assert.Equal([PortalRoles.Admin, PortalRoles.Support], await host.WithContextAsync(context => context.Roles.Select(role => role.Name).Order().ToListAsync()));
        Assert.Equal(1, await host.WithContextAsync(context => context.UserRoles.CountAsync(role => role.UserId == admin.Id)));
        Assert.Equal(1, await host.WithContextAsync(context => context.DataProtectionKeys.CountAsync()));
    }
}
