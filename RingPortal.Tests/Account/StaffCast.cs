using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RingPortal.Data.Account;
using RingPortal.Web.Account.Sessions;

namespace RingPortal.Tests.Account;

/// <summary>Somebody of the staff, signed in with a second factor in a browser of their own.</summary>
/// <param name="Browser">Their browser.</param>
/// <param name="Email">Their e-mail; the password is <see cref="Visitor.Password"/>.</param>
/// <param name="App">Their authenticator app.</param>
public sealed record StaffPerson(Visitor Browser, string Email, AuthenticatorApp App) : IDisposable
{
    public void Dispose() => Browser.Dispose();

    /// <summary>Gives a real browser the session; a page of the desk opens right away.</summary>
    public Task LendSessionAsync(IBrowserContext context, Uri portal) => context.AddCookiesAsync(
        Browser.Cookies.GetCookies(portal).Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = portal.ToString() }));
}

/// <summary>Makes staff for tests, through the pages that staff uses.</summary>
public static class StaffCast
{
    /// <summary>Signs up, gets a role, signs in, is led to the enrolment and turns the second step on.</summary>
    /// <param name="portal">Where the portal answers.</param>
    /// <param name="executeAsync">Runs a statement on its database.</param>
    /// <param name="role">One of <see cref="PortalRoles"/>.</param>
    public static Task<StaffPerson> ArriveAsync(Uri portal, Func<string, Task<int>> executeAsync, string role = PortalRoles.Admin) =>
        ArriveAsync(() => new Visitor(portal), executeAsync, role);

    /// <summary>The same, in browsers that are opened by the caller.</summary>
    public static async Task<StaffPerson> ArriveAsync(Func<Visitor> open, Func<string, Task<int>> executeAsync, string role = PortalRoles.Admin)
    {
        var (visitor, email) = await SignInAsync(open, executeAsync, role);
        return new StaffPerson(visitor, email, await EnrolAsync(visitor));
    }

    /// <summary>Signed in with the role, but without a second factor.</summary>
    public static async Task<Visitor> BareAsync(Func<Visitor> open, Func<string, Task<int>> executeAsync, string role) => (await SignInAsync(open, executeAsync, role)).Visitor;

    private static async Task<(Visitor Visitor, string Email)> SignInAsync(Func<Visitor> open, Func<string, Task<int>> executeAsync, string role)
    {
        var email = $"{role.ToLowerInvariant()}.{Guid.NewGuid():N}@example.org";
        using (var before = open())
        {
            Assert.Equal(HttpStatusCode.Found, (await before.SignUpAsync(email)).StatusCode);
        }

        Assert.Equal(1, await executeAsync($"INSERT INTO user_roles (user_id, role_id) SELECT users.id, roles.id FROM users, roles WHERE users.email = '{email}' AND roles.name = '{role}'"));
        var visitor = open();
        Assert.Equal(HttpStatusCode.Found, (await visitor.SignInAsync(email)).StatusCode);
        return (visitor, email);
    }

    /// <summary>Turns the second step on for whoever is signed in there.</summary>
    public static async Task<AuthenticatorApp> EnrolAsync(Visitor visitor)
    {
        const string Page = "/Account/TwoFactor";
        var offer = await Visitor.ReadAsync(await visitor.SubmitAsync(Page, "begin"));
        var app = new AuthenticatorApp(offer.QuerySelector(".rp-qr code")!.TextContent);
        var codes = await Visitor.ReadAsync(await visitor.SubmitAsync(Page, "confirm", ("code", await app.NextAsync())));
        Assert.Equal(10, codes.QuerySelectorAll(".rp-codes li").Length);
        return app;
    }

    /// <summary>The principal of a new member of the staff, without a browser: for what is asked by services.</summary>
    /// <param name="services">The portal's services.</param>
    /// <param name="role">One of <see cref="PortalRoles"/>; null for a consumer.</param>
    /// <param name="secondFactorAt">When the second factor was given; null for a session without one.</param>
    public static async Task<ClaimsPrincipal> PrincipalAsync(IServiceProvider services, string? role, DateTimeOffset? secondFactorAt)
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        var (users, roles) = (provider.GetRequiredService<UserManager<PortalUser>>(), provider.GetRequiredService<RoleManager<IdentityRole<Guid>>>());
        var email = $"{role ?? "anna"}.{Guid.NewGuid():N}@example.org";
        var user = new PortalUser { UserName = email, Email = email, CreatedAt = TimeProvider.System.GetUtcNow() };
        Assert.True((await users.CreateAsync(user, Visitor.Password)).Succeeded);
        if (role is not null)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                Assert.True((await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7() })).Succeeded);
            }

            Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        }

        var principal = await provider.GetRequiredService<SignInManager<PortalUser>>().CreateUserPrincipalAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaims(SecondFactorTime.Claims(secondFactorAt));
        return principal;
    }
}
