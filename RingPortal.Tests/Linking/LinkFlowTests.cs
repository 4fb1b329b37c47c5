using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Linking;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LinkFlowTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    [Fact]
    public async Task A_New_Person_Signs_Up_Consents_And_Has_Their_Cameras()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        var consent = await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), NewEmail());
        Assert.Contains("2 cameras", consent.Text, StringComparison.Ordinal);
        Assert.Contains("N*** V***", consent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Account.Email!, consent.Text, StringComparison.Ordinal);

        var answer = await visitor.ConnectAsync(consent);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("/ring/link/done", answer.Location);
        await visitor.UntilAsync("Done");

        var done = await visitor.OpenAsync("/ring/link/done");
        Assert.Equal("Connected", done.Heading);
        Assert.Contains("Camera 1", done.Text, StringComparison.Ordinal);
        Assert.Equal(1, world.Ring.Calls.Count(RingOperation.AppIntegrationsPost, person.Key));
        Assert.Equal(1, world.Ring.Calls.Count(RingOperation.AppIntegrationsPatch, person.Key));
        Assert.Equal(["ACTIVE"], await world.StatesAsync(person));
        await using var context = world.Database.CreateContext();
        var row = await context.RingTokens.SingleAsync(token => token.AccountId == person.AccountId);
        Assert.Null(row.SealedNonce);
        Assert.Equal(2, await context.Devices.CountAsync(device => device.RingTokenId == row.Id));
    }

    [Fact]
    public async Task Somebody_With_An_Account_Signs_In_Inside_The_Flow()
    {
        var email = NewEmail();
        var first = await world.InstallAsync();
        using (var visitor = new Visitor(world.Portal))
        {
            await visitor.ConnectAsync(await visitor.ReachConsentAsync(world.Ring.BeginLink(first.Key), email));
            await visitor.UntilAsync("Done");
        }

        var second = await world.InstallAsync();
        using var again = new Visitor(world.Portal);
        var form = await again.ArriveAsync(world.Ring.BeginLink(second.Key));
        var consent = await again.FollowAsync(await again.SignInAsync(form, email));
        Assert.Equal("Connect these two accounts?", consent.Heading);
        Assert.Contains("This becomes a second, separate home.", consent.Text, StringComparison.Ordinal);
        await again.ConnectAsync(consent);
        await again.UntilAsync("Done");
    }

    [Fact]
    public async Task The_Request_Survives_The_Second_Step_Of_Signing_In()
    {
        var email = NewEmail();
        AuthenticatorApp app;
        using (var owner = new Account.Visitor(world.Portal.BaseAddress))
        {
            await owner.SignUpAsync(email, Visitor.Password);
            app = await StaffCast.EnrolAsync(owner);
        }

        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        var form = await visitor.ArriveAsync(world.Ring.BeginLink(person.Key));
        var asked = await visitor.FollowAsync(await visitor.SignInAsync(form, email));
        Assert.Equal("Confirm it is you", asked.Heading);
        Assert.Equal("/Account/SignInWith2fa?returnUrl=%2Fring%2Flink%2Fconfirm", asked.Address.PathAndQuery);
        // Nobody is signed in yet: the consent page sends back to the beginning.
        Assert.NotEqual("Connect these two accounts?", (await visitor.FollowAsync(await visitor.OpenAsync("/ring/link/confirm"))).Heading);

        var fields = asked.Document.Forms.Single(candidate => candidate.QuerySelector("input[name=code]") is not null)
            .QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").ToDictionary(input => input.Name!, input => input.Value);
        fields["code"] = await app.NextAsync();
        var consent = await visitor.FollowAsync(await visitor.PostAsync(asked.Address.PathAndQuery, fields));

        Assert.Equal("Connect these two accounts?", consent.Heading);
        await visitor.ConnectAsync(consent);
        await visitor.UntilAsync("Done");
    }

    [Fact]
    public async Task A_Wrong_Password_Stays_On_The_Form_And_The_Request_Survives_It()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        var form = await visitor.ArriveAsync(world.Ring.BeginLink(person.Key));
        var wrong = await visitor.SignInAsync(form, NewEmail(), "not the password at all");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("E-mail or password is not right.", wrong.Text, StringComparison.Ordinal);

        var consent = await visitor.FollowAsync(await visitor.SignUpAsync(wrong, NewEmail()));
        Assert.Equal("Connect these two accounts?", consent.Heading);
    }

    [Fact]
    public async Task A_Session_From_Before_The_Arrival_Does_Not_Count()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        var email = NewEmail();
        await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), email);

        var other = await world.InstallAsync();
        var page = await visitor.ArriveAsync(world.Ring.BeginLink(other.Key));
        Assert.Equal("/ring/link/continue", page.Address.AbsolutePath);
        Assert.Contains("Sign in once more", page.Text, StringComparison.Ordinal);
        var straight = await visitor.OpenAsync("/ring/link/confirm");
        Assert.Equal("/ring/link/continue", straight.Location);

        var consent = await visitor.FollowAsync(await visitor.SignInAsync(page, email));
        Assert.Equal("Connect these two accounts?", consent.Heading);
    }

    [Fact]
    public async Task This_Is_Not_Me_Connects_Nothing_And_Forgets_The_Request()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        var consent = await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), NewEmail());
        var page = await visitor.SubmitAsync(consent, "/ring/link/not-me");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Nothing was connected", page.Heading);
        Assert.Equal("Start again in the Ring app", (await visitor.OpenAsync("/ring/link/confirm")).Heading);
        Assert.Equal(["UNCLAIMED"], await world.StatesAsync(person));
        Assert.Equal(0, world.Ring.Calls.Count(RingOperation.AppIntegrationsPost, person.Key));
    }

    [Fact]
    public async Task A_Nonce_That_Matches_Nothing_Ends_After_A_Few_Seconds_On_One_Page()
    {
        var person = await world.InstallAsync();
        await world.Database.ExecuteAsync($"UPDATE ring_tokens SET state = 'EXPIRED', sealed_access_token = NULL, sealed_refresh_token = NULL WHERE account_id = '{person.AccountId}'");
        using var visitor = new Visitor(world.Portal);
        var looking = await visitor.OpenAsync((await visitor.SignUpAsync(await visitor.ArriveAsync(world.Ring.BeginLink(person.Key)), NewEmail())).Location!);
        Assert.Equal(HttpStatusCode.Accepted, looking.Status);
        Assert.Equal("1", looking.Answer.Headers.GetValues("Refresh").Single());

        await Eventually.TrueAsync(async () => (await visitor.OpenAsync("/ring/link/confirm")).Status is HttpStatusCode.BadRequest, TimeSpan.FromSeconds(15), "400");
        Assert.Equal("We could not find your Ring request", (await visitor.OpenAsync("/ring/link/confirm")).Heading);
    }

    [Fact]
    public async Task A_Form_Posted_After_The_Window_Still_Signs_In_And_Then_Finds_Nothing()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        // So much of the window is left that the page can still be opened.
        var left = TimeSpan.FromSeconds(2) * Eventually.Patience;
        var over = DateTimeOffset.UtcNow + left + TimeSpan.FromSeconds(1);
        var form = await visitor.ArriveAsync(world.Ring.BeginLink(person.Key, DateTimeOffset.UtcNow.AddMinutes(-10) + left));
        await Eventually.TrueAsync(() => DateTimeOffset.UtcNow > over, TimeSpan.FromSeconds(10), "the window is over");
        Assert.Equal("This page has run out of time", (await visitor.OpenAsync("/ring/link/continue")).Heading);
        var page = await visitor.SignUpAsync(form, NewEmail());
        Assert.Equal("/ring/link/confirm", page.Location);
        var end = await visitor.FollowAsync(page);
        Assert.Equal("We could not find your Ring request", end.Heading);
        Assert.Equal(["UNCLAIMED"], await world.StatesAsync(person));
    }

    [Fact]
    public async Task The_Winners_Repeat_And_A_Late_Second_Account_Get_Different_Answers()
    {
        var person = await world.InstallAsync();
        var redirect = world.Ring.BeginLink(person.Key);
        using var winner = new Visitor(world.Portal);
        using var thief = new Visitor(world.Portal);
        var own = await winner.ReachConsentAsync(redirect, NewEmail());
        var stolen = await thief.ReachConsentAsync(redirect, NewEmail());

        Assert.Equal("/ring/link/done", (await winner.ConnectAsync(own)).Location);
        Assert.Equal("/ring/link/done", (await winner.ConnectAsync(own)).Location);
        var lost = await thief.ConnectAsync(stolen);

        Assert.Equal(HttpStatusCode.BadRequest, lost.Status);
        Assert.Equal("We could not find your Ring request", lost.Heading);
        await winner.UntilAsync("Done");
        Assert.Equal(1, world.Ring.Calls.Count(RingOperation.AppIntegrationsPost, person.Key));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'nonce.second-account'"));
    }

    [Fact]
    public async Task An_Account_That_Is_Connected_Already_Is_Refused_Without_A_Name()
    {
        var person = await world.InstallAsync();
        using var owner = new Visitor(world.Portal);
        var email = NewEmail();
        await owner.ConnectAsync(await owner.ReachConsentAsync(world.Ring.BeginLink(person.Key), email));
        await owner.UntilAsync("Done");

        await world.Ring.InstallAsync(person.Key);
        await world.UntilStateAsync(person, "UNCLAIMED");
        using var other = new Visitor(world.Portal);
        var answer = await other.ConnectAsync(await other.ReachConsentAsync(world.Ring.BeginLink(person.Key), NewEmail()));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("This Ring account is already connected", answer.Heading);
        Assert.DoesNotContain(email, answer.Text, StringComparison.Ordinal);
        Assert.Contains("ACTIVE", await world.StatesAsync(person));
    }

    [Fact]
    public async Task Consent_Without_The_Forms_Token_Shows_The_Consent_Again_And_Claims_Nothing()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), NewEmail());
        var answer = await visitor.PostAsync("/ring/link/confirm", []);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Connect these two accounts?", answer.Heading);
        Assert.Equal(["UNCLAIMED"], await world.StatesAsync(person));
    }

    [Fact]
    public async Task Staff_Cannot_Connect_Cameras()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        var email = NewEmail();
        await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), email);
        await world.Database.ExecuteAsync(
            $"INSERT INTO user_roles (user_id, role_id) SELECT u.id, r.id FROM users u, roles r WHERE u.email = '{email}' AND r.name = 'Support'");

        var form = await visitor.ArriveAsync(world.Ring.BeginLink(person.Key));
        var page = await visitor.FollowAsync(await visitor.SignInAsync(form, email));
        Assert.Equal("This account cannot connect cameras", page.Heading);
        var forced = await visitor.PostAsync("/ring/link/confirm", []);
        Assert.Equal("This account cannot connect cameras", forced.Heading);
        Assert.Equal(["UNCLAIMED"], await world.StatesAsync(person));
    }

    [Fact]
    public async Task Of_Two_Installations_Of_One_Account_The_Newest_Counts_And_The_Older_Is_Retired()
    {
        var person = await world.InstallAsync();
        await world.Ring.InstallAsync(person.Key);
        await Eventually.TrueAsync(async () => (await world.StatesAsync(person)).SequenceEqual(["UNCLAIMED", "UNCLAIMED"]), TimeSpan.FromSeconds(20), "two");
        using var visitor = new Visitor(world.Portal);
        await visitor.ConnectAsync(await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), NewEmail()));
        await visitor.UntilAsync("Done");
        Assert.Equal(["EXPIRED", "ACTIVE"], await world.StatesAsync(person));
    }

    [Fact]
    public async Task Undo_Erases_Tokens_And_Cameras_And_Tells_Ring_Once()
    {
        var person = await world.InstallAsync();
        using var visitor = new Visitor(world.Portal);
        await visitor.ConnectAsync(await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), NewEmail()));
        await visitor.UntilAsync("Done");

        var accounts = await visitor.OpenAsync("/Account/RingAccounts");
        var path = accounts.Document.QuerySelector("a[href$='/Disconnect']")!.GetAttribute("href")!;
        var done = await visitor.SubmitAsync(await visitor.OpenAsync(path), path);

        Assert.Equal("Disconnected. One step is left in the Ring app", done.Heading);
        Assert.Equal(["DISCONNECTED"], await world.StatesAsync(person));
        await using var context = world.Database.CreateContext();
        var row = await context.RingTokens.SingleAsync(token => token.AccountId == person.AccountId);
        Assert.True(row is { SealedAccessToken: null, SealedRefreshToken: null, SealedNonce: null });
        Assert.False(await context.Devices.AnyAsync(device => device.RingTokenId == row.Id));
        Assert.Equal(2, world.Ring.Calls.Count(RingOperation.AppIntegrationsPatch, person.Key));
    }

    [Fact]
    public async Task Nobody_Can_Disconnect_What_Is_Not_Theirs()
    {
        var person = await world.InstallAsync();
        using var owner = new Visitor(world.Portal);
        await owner.ConnectAsync(await owner.ReachConsentAsync(world.Ring.BeginLink(person.Key), NewEmail()));
        await owner.UntilAsync("Done");
        var path = (await owner.OpenAsync("/Account/RingAccounts")).Document.QuerySelector("a[href$='/Disconnect']")!.GetAttribute("href")!;

        var strangers = await world.InstallAsync();
        using var stranger = new Visitor(world.Portal);
        var consent = await stranger.ReachConsentAsync(world.Ring.BeginLink(strangers.Key), NewEmail());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(path)).Status);
        var token = consent.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync(path, [new("__RequestVerificationToken", token)])).Status);
        Assert.Equal(["ACTIVE"], await world.StatesAsync(person));
    }

    private static string NewEmail() => $"person-{Guid.NewGuid():N}@example.org";
}
