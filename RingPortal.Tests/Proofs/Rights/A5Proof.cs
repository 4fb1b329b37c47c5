using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RingPortal.Data.Account;
using RingPortal.Tests.Account;
using RingPortal.Tests.Browser;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Rights;

/// <summary>A5: whoever loses a right has lost it within 5 s at every instance, in open pages and for the next request.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "A5")]
public sealed partial class A5Proof
{
    private const int Rounds = 3;
    private const string NewPassword = "harbour violin sunday";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_Is_Lost_Is_Lost_Everywhere_In_Five_Seconds()
    {
        await using var world = await ProofWorld.StartAsync("A5", new ProofShape { Ring = true, Seeded = false, Households = (Rounds, 1), Browsers = true });
        await using var first = await ProofScreen.StartAsync(world);
        await using var second = await ProofScreen.StartAsync(world, 1);
        var stage = new Stage(world, [first, second], await AdministratorAsync(world, first));
        var causes = new (string Name, Func<Stage, int, Task<(TimeSpan Pages, TimeSpan Requests)>> LoseAsync)[]
        {
            ("signed out", (here, _) => SignedOutAsync(here)),
            ("locked", (here, _) => ByDeskAsync(here, "lock", "The account is locked")),
            ("sessions ended", (here, _) => ByDeskAsync(here, "end", "All sessions are over")),
            ("role taken", (here, _) => RoleTakenAsync(here)),
            ("new password", (here, _) => NewPasswordAsync(here)),
            ("second step turned on", (here, _) => SecondStepAsync(here)),
            ("unlinked", UnlinkedAsync),
        };
        var told = new List<string>();
        foreach (var (name, loseAsync) in causes)
        {
            var (pages, requests) = (TimeSpan.Zero, TimeSpan.Zero);
            for (var round = 0; round < Rounds; round++)
            {
                var took = await loseAsync(stage, round);
                (pages, requests) = (Max(pages, took.Pages), Max(requests, took.Requests));
            }

            Assert.True(pages <= s_limit && requests <= s_limit, $"{name}: pages after {pages}, requests after {requests}");
            told.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {pages.TotalSeconds:0.0}/{requests.TotalSeconds:0.0} s"));
        }

        ProofFiles.Figure("A5", $"pages left / requests refused at both instances, the slowest of {Rounds}: {string.Join(", ", told)}");
    }

    private static async Task<(TimeSpan Pages, TimeSpan Requests)> SignedOutAsync(Stage stage)
    {
        using var person = await stage.PersonAsync();
        await using var session = await stage.OpenAsync(person.Cookies, "/devices");
        return await session.LostAsync(async () => Assert.Equal(HttpStatusCode.Found, (await person.Browser.SubmitAsync("/Account", "/Account/Logout")).StatusCode));
    }

    private static async Task<(TimeSpan Pages, TimeSpan Requests)> ByDeskAsync(Stage stage, string act, string done)
    {
        using var person = await stage.PersonAsync();
        await using var session = await stage.OpenAsync(person.Cookies, "/devices");
        await stage.AskAsync(person.Email, act);
        return await session.LostAsync(() => stage.ConfirmAsync(done));
    }

    private static async Task<(TimeSpan Pages, TimeSpan Requests)> RoleTakenAsync(Stage stage)
    {
        var cookies = new Dictionary<string, string>();
        using var support = await StaffCast.ArriveAsync(() => new Visitor(ProxiedBrowser.Open(stage.World.Portals[0].Address, cookies)), stage.World.Cluster.ExecuteAsync, PortalRoles.Support);
        await using var session = await stage.OpenAsync(cookies, "/admin/pool");
        await stage.AskAsync(support.Email, "role");
        await stage.Desk.Locator("dialog[open]").GetByRole(AriaRole.Radio, new() { Name = "Consumer" }).CheckAsync();
        return await session.LostAsync(() => stage.ConfirmAsync("The role is changed"));
    }

    private static async Task<(TimeSpan Pages, TimeSpan Requests)> NewPasswordAsync(Stage stage)
    {
        using var person = await stage.PersonAsync();
        await using var session = await stage.OpenAsync(person.Cookies, "/devices");
        using var elsewhere = new Visitor(ProxiedBrowser.Open(stage.World.Portals[1].Address));
        await elsewhere.SubmitAsync("/Account/ForgotPassword", "forgot", ("email", person.Email));
        var address = "";
        await Eventually.TrueAsync(() => (address = ResetAddress(stage.World, person.Email)).Length > 0, s_patience, "the message is there");
        return await session.LostAsync(async () => Assert.Equal("/Account/Login?reset=true", Visitor.WayOf(await elsewhere.SubmitAsync(address, "reset", ("password", NewPassword)))));
    }

    private static async Task<(TimeSpan Pages, TimeSpan Requests)> SecondStepAsync(Stage stage)
    {
        using var person = await stage.PersonAsync();
        await using var session = await stage.OpenAsync(person.Cookies, "/devices");
        using var elsewhere = new Visitor(ProxiedBrowser.Open(stage.World.Portals[1].Address));
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.SignInAsync(person.Email)).StatusCode);
        return await session.LostAsync(() => StaffCast.EnrolAsync(elsewhere));
    }

    /// <summary>The session goes on; the camera is gone from it.</summary>
    private static async Task<(TimeSpan Pages, TimeSpan Requests)> UnlinkedAsync(Stage stage, int round)
    {
        var household = stage.World.Mill.Households[round];
        await ProofLinking.LinkAsync(stage.World, household);
        var cookies = new Dictionary<string, string>();
        using var person = new Visitor(ProxiedBrowser.Open(stage.World.Portals[0].Address, cookies));
        Assert.Equal(HttpStatusCode.Found, (await person.SignInAsync(ProofLinking.EmailOf(household), Linking.Visitor.Password)).StatusCode);
        var camera = await stage.World.Cluster.ScalarAsync<Guid>($"SELECT id FROM devices WHERE ring_device_id = '{household.DeviceIds[0]}'");
        var link = await stage.World.Cluster.ScalarAsync<Guid>($"SELECT id FROM ring_tokens WHERE account_id = '{household.AccountId}' AND state = 'ACTIVE'");
        await using var session = await stage.OpenAsync(cookies, $"/devices/{camera}");
        return await session.LostAsync(async () => Assert.True((int)(await person.SubmitAsync($"/Account/RingAccounts/{link}/Disconnect", $"/Account/RingAccounts/{link}/Disconnect")).StatusCode < 400), ProofScreen.IsToldAsync);
    }

    private static async Task<IPage> AdministratorAsync(ProofWorld world, ProofScreen screen)
    {
        var cookies = new Dictionary<string, string>();
        using var admin = await StaffCast.ArriveAsync(() => new Visitor(ProxiedBrowser.Open(world.Portals[0].Address, cookies)), world.Cluster.ExecuteAsync);
        return await screen.OpenAsync(cookies, "/admin/accounts");
    }

    private static string ResetAddress(ProofWorld world, string email) => world.Mail.Messages
        .Where(message => message.Contains(email, StringComparison.OrdinalIgnoreCase)).Select(message => Address().Match(message.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)))
        .FirstOrDefault(match => match.Success)?.Value ?? "";

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    [GeneratedRegex("/Account/ResetPassword[^\\s\"<>]+")]
    private static partial Regex Address();

    /// <summary>Somebody signed in at the first instance.</summary>
    private sealed record Person(string Email, Visitor Browser, Dictionary<string, string> Cookies) : IDisposable
    {
        public void Dispose() => Browser.Dispose();
    }

    /// <summary>Where all of it happens; the desk is an administrator's page at the first instance.</summary>
    private sealed record Stage(ProofWorld World, IReadOnlyList<ProofScreen> Screens, IPage Desk)
    {
        public Task<OpenSession> OpenAsync(Dictionary<string, string> cookies, string path) => OpenSession.OpenAsync(World, Screens, cookies, path);

        public async Task<Person> PersonAsync()
        {
            var (email, cookies) = (Visitor.NewEmail(), new Dictionary<string, string>());
            var browser = new Visitor(ProxiedBrowser.Open(World.Portals[0].Address, cookies));
            Assert.Equal(HttpStatusCode.Found, (await browser.SignUpAsync(email)).StatusCode);
            await World.Cluster.ExecuteAsync($"UPDATE users SET email_confirmed = true WHERE email = '{email}'");
            return new Person(email, browser, cookies);
        }

        /// <summary>Opens the question of an act about an account, with a reason written.</summary>
        public async Task AskAsync(string email, string act)
        {
            var account = await World.Cluster.ScalarAsync<Guid>($"SELECT id FROM users WHERE email = '{email}'");
            await Desk.GotoAsync(new Uri(new Uri(World.Settings["Portal__PublicUrl"]), $"/admin/accounts/{account}").ToString());
            await Desk.AliveAsync();
            await Desk.ClickAsync($"[data-act={act}]");
            await Desk.FillAsync("dialog[open] textarea", "Asked for on the phone, proof");
        }

        public async Task ConfirmAsync(string done)
        {
            await Desk.ClickAsync("dialog[open] button[type=submit]");
            await Assertions.Expect(Desk.GetByText(done)).ToBeVisibleAsync();
        }
    }
}
