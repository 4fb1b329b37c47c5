using System.Net;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AdminSeederTests(AdminSeederTests.Host host) : IClassFixture<AdminSeederTests.Host>
{
    private const string Email = "boss@example.org";
    private const string Password = "harbour violin sunday";

    [Fact]
    public async Task Starting_Many_Times_At_Once_Makes_One_Administrator_And_One_Key()
    {
        await host.Database.ExecuteAsync("DELETE FROM users; DELETE FROM roles; DELETE FROM data_protection_keys");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.Services.PrepareAccountAsync(CancellationToken.None)));

        var admin = await host.WithContextAsync(context => context.Users.SingleAsync());
        Assert.Equal((Email, true), (admin.Email, admin.EmailConfirmed));
        Assert.Equal([PortalRoles.Admin, PortalRoles.Support], await host.WithContextAsync(context => context.Roles.Select(role => role.Name).Order().ToListAsync()));
        Assert.Equal(1, await host.WithContextAsync(context => context.UserRoles.CountAsync(role => role.UserId == admin.Id)));
        Assert.Equal(1, await host.WithContextAsync(context => context.DataProtectionKeys.CountAsync()));
    }

    [Fact]
    public async Task The_Administrator_Signs_In_And_Sees_No_Ring_Accounts()
    {
        await host.Services.PrepareAccountAsync(CancellationToken.None);
        using var visitor = new Visitor(host.Address);

        var answer = await visitor.SignInAsync(Email, Password);

        Assert.Equal("/admin/hangfire", answer.Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/admin/hangfire")).StatusCode);
        Assert.DoesNotContain("/Account/RingAccounts", (await visitor.PageAsync("/Account")).Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Later_Start_Changes_Neither_Password_Nor_Role()
    {
        await host.Services.PrepareAccountAsync(CancellationToken.None);
        var before = await host.WithContextAsync(context => context.Users.AsNoTracking().SingleAsync(user => user.Email == Email));

        await host.Services.PrepareAccountAsync(CancellationToken.None);

        var after = await host.WithContextAsync(context => context.Users.AsNoTracking().SingleAsync(user => user.Email == Email));
        Assert.Equal((before.Id, before.PasswordHash), (after.Id, after.PasswordHash));
    }

    [Fact]
    public async Task A_Consumer_Who_Has_The_Administrators_Address_Stays_A_Consumer()
    {
        await host.Database.ExecuteAsync("DELETE FROM users");
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Email);

        await host.Services.PrepareAccountAsync(CancellationToken.None);

        Assert.Equal(0, await host.WithContextAsync(context => context.UserRoles.CountAsync()));
        Assert.Contains(host.Logs.Entries, entry => entry.Category.EndsWith("AdminSeeder", StringComparison.Ordinal) && entry.EventId == 2);
        await host.Database.ExecuteAsync("DELETE FROM users");
    }

    public sealed class Host : AccountHost
    {
        public Host() => With("Admin:Email", Email).With("Admin:Password", Password);
    }
}
