using System.Net;
using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AdminSeederTests(AdminSeederTests.Host host) : IClassFixture<AdminSeederTests.Host>
{
    internal const string Email = "boss@example.org";
    private const string Password = "harbour violin sunday";

    [Fact]
    public async Task The_Administrator_Signs_In_Turns_The_Second_Step_On_And_Sees_No_Ring_Accounts()
    {
        await host.Services.PrepareAccountAsync(CancellationToken.None);
        using var visitor = new Visitor(host.Address);

        var answer = await visitor.SignInAsync(Email, Password);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith("/admin", answer.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("/Account/TwoFactor?returnUrl=%2Fadmin%2Fhangfire", Visitor.WayOf(await visitor.GetAsync("/admin/hangfire")));
        await StaffCast.EnrolAsync(visitor);
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
