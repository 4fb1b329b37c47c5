using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account;
using RingPortal.Web.Account.Sessions;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SessionTests(SessionTests.Host host) : IClassFixture<SessionTests.Host>
{
    [Fact]
    public async Task The_Instant_Of_Sign_In_Outlives_Renewals_And_Moves_Only_By_Signing_In()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        var (first, before) = (visitor.Session, TimeIn(visitor));

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await visitor.GetAsync("/Account");
        var checkedAgain = visitor.Session;
        host.Clock.Advance(TimeSpan.FromDays(9));
        await visitor.GetAsync("/Account");

        Assert.Equal(3, new[] { first, checkedAgain, visitor.Session }.Distinct().Count());
        Assert.Equal(before, TimeIn(visitor));
        await visitor.SignInAsync(email);
        Assert.True(TimeIn(visitor) > before);
    }

    [Fact]
    public async Task The_Instant_Of_The_Second_Factor_Outlives_Renewals_And_Moves_Only_By_A_New_One()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());
        Assert.Null(FactorIn(visitor).Claim);
        var app = await StaffCast.EnrolAsync(visitor);
        var (first, given) = (visitor.Session, FactorIn(visitor));
        Assert.InRange(given.Claim!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));

        // Once by the check of the stamp, which makes the principal anew, and once by sliding renewal.
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await visitor.GetAsync("/Account");
        var checkedAgain = visitor.Session;
        host.Clock.Advance(TimeSpan.FromDays(9));
        await visitor.GetAsync("/Account");

        Assert.Equal(3, new[] { first, checkedAgain, visitor.Session }.Distinct().Count());
        Assert.Equal(given, FactorIn(visitor));
        var signedIn = TimeIn(visitor);
        await visitor.SubmitAsync("/Account/StepUp", "second-step", ("code", await app.NextAsync()));
        Assert.True(FactorIn(visitor).Claim > given.Claim);
        Assert.Equal(signedIn, TimeIn(visitor));
    }

    [Fact]
    public async Task A_Changed_Security_Stamp_Ends_The_Session_Within_Seconds()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        await host.WithContextAsync(context => context.Users.Where(user => user.Email == email)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.SecurityStamp, "another")));

        host.Clock.Advance(SessionCheck.Interval + TimeSpan.FromSeconds(1));
        var answer = await visitor.GetAsync("/Account");

        Assert.Equal("/Account/Login", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Signing_Out_Ends_The_Session_Wherever_Its_Cookie_Is_And_No_Other()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        using var elsewhere = new Visitor(host.Address);
        await elsewhere.SignInAsync(email);
        using var copy = Copy(visitor);
        host.Clock.Advance(SessionCheck.Interval + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/Account")).StatusCode);

        Assert.Equal(HttpStatusCode.Found, (await visitor.SubmitAsync("/Account", "/Account/Logout")).StatusCode);
        host.Clock.Advance(SessionCheck.Interval + TimeSpan.FromSeconds(1));

        Assert.Equal("/Account/Login", (await copy.GetAsync("/Account")).Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/Account")).StatusCode);
    }

    [Fact]
    public async Task A_Second_Factor_Does_Not_Make_Another_Session_Of_It()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());
        var app = await StaffCast.EnrolAsync(visitor);
        using var before = Copy(visitor);
        await visitor.SubmitAsync("/Account/StepUp", "second-step", ("code", await app.NextAsync()));
        Assert.NotEqual(before.Session, visitor.Session);

        await visitor.SubmitAsync("/Account", "/Account/Logout");
        host.Clock.Advance(SessionCheck.Interval + TimeSpan.FromSeconds(1));

        Assert.Equal("/Account/Login", (await before.GetAsync("/Account")).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_Database_That_Is_Away_Ends_No_Session_For_A_Minute()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());
        host.Clock.Advance(SessionCheck.Interval + TimeSpan.FromSeconds(1));
        await using var owner = NpgsqlDataSource.Create(host.Database.MigratorConnectionString);
        await ExecuteAsync(owner, $"REVOKE SELECT ON users FROM {EmbeddedRoles.Portal}");
        try
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Account/Deleted")).StatusCode);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.InternalServerError, (await visitor.GetAsync("/Account/Deleted")).StatusCode);
        }
        finally
        {
            await ExecuteAsync(owner, $"GRANT SELECT ON users TO {EmbeddedRoles.Portal}");
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Account")).StatusCode);
    }

    [Fact]
    public async Task Who_Is_Signed_In_Is_Told_With_The_Instant_And_Without_A_Role()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        await using var scope = host.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.Cookie = $"rp-session={visitor.Session}";

        var person = await scope.ServiceProvider.GetRequiredService<SignIns>().CurrentAsync(http);

        Assert.Equal((email, false), (person!.Email, person.IsStaff));
        Assert.InRange(person.AuthenticatedAt, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));
        await using var other = host.Services.CreateAsyncScope();
        var nobody = new DefaultHttpContext { RequestServices = other.ServiceProvider };
        Assert.Null(await other.ServiceProvider.GetRequiredService<SignIns>().CurrentAsync(nobody));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Another browser with the same cookies.</summary>
    private Visitor Copy(Visitor visitor)
    {
        var copy = new Visitor(host.Address);
        foreach (Cookie cookie in visitor.Cookies.GetCookies(host.Address))
        {
            copy.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", host.Address.Host));
        }

        return copy;
    }

    private DateTimeOffset? TimeIn(Visitor visitor)
    {
        var options = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        return AuthenticationTime.Read(options.TicketDataFormat.Unprotect(visitor.Session)!.Properties);
    }

    private (DateTimeOffset? Claim, string? Property) FactorIn(Visitor visitor)
    {
        var options = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = options.TicketDataFormat.Unprotect(visitor.Session)!;
        return (SecondFactorTime.Read(ticket.Principal), ticket.Properties.Items.TryGetValue("second_factor_time", out var text) ? text : null);
    }

    /// <summary>Sessions here age by a clock of their own; everything else lives in real time.</summary>
    public sealed class Host : AccountHost
    {
        public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => options.TimeProvider = Clock);
            builder.Services.Configure<SecurityStampValidatorOptions>(options => options.TimeProvider = Clock);
        }
    }
}
