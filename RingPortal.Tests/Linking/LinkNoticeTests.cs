using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Jobs;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Linking;

/// <summary>What people are told of their connections, by e-mail and by banner.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LinkNoticeTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    [Fact]
    public async Task A_Connection_Is_Told_Once_To_A_Confirmed_Address_And_Can_Be_Undone_From_Every_Page()
    {
        var (_, visitor, email) = await LinkAsync(confirmed: true);

        Assert.Equal(1, await MailsAsync(email, MailKind.Connected));
        var page = await visitor.OpenAsync("/Account");
        Assert.Contains("Was this not you?", page.Text, StringComparison.Ordinal);
        var undo = page.Document.QuerySelector("a[href$='/Disconnect']")!.GetAttribute("href")!;
        Assert.StartsWith("Disconnect ", (await visitor.OpenAsync(undo)).Heading, StringComparison.Ordinal);
        visitor.Dispose();
    }

    [Fact]
    public async Task An_Unconfirmed_Address_Gets_No_Notice_It_May_Be_Somebody_Elses()
    {
        var (_, visitor, email) = await LinkAsync(confirmed: false);
        Assert.Equal(0, await MailsAsync(email, MailKind.Connected));
        Assert.Contains("Please confirm", (await visitor.OpenAsync("/Account")).Text, StringComparison.Ordinal);
        visitor.Dispose();
    }

    [Fact]
    public async Task When_Ring_Refuses_To_Renew_The_Owner_Is_Told_Once_And_Sees_What_To_Do()
    {
        var (person, visitor, email) = await LinkAsync(confirmed: true);
        var owner = await world.Database.ScalarAsync<Guid>($"SELECT id FROM users WHERE email = '{email}'");
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var page = world.Portal.Services.GetRequiredService<DeviceFeed>().Subscribe(owner, changes =>
        {
            if (changes.Any(change => change.Kind is FeedKind.Connection))
            {
                shown.TrySetResult();
            }

            return Task.CompletedTask;
        });
        world.Ring.RevokeTokens(person.Key);
        await SyncAsync(person);
        await world.UntilStateAsync(person, "REAUTH_REQUIRED");
        await shown.Task.WaitAsync(TimeSpan.FromSeconds(20) * Eventually.Patience);

        await TellAsync();
        await TellAsync();

        Assert.Equal(1, await MailsAsync(email, MailKind.Reconnect));
        var account = await visitor.OpenAsync("/Account");
        Assert.Contains("Ring needs you to connect again", account.Text, StringComparison.Ordinal);
        Assert.Contains("remove Fairview under My Apps, then add it again", account.Text, StringComparison.Ordinal);
        Assert.Contains("Needs you", (await visitor.OpenAsync("/Account/RingAccounts")).Text, StringComparison.Ordinal);
        var id = await world.Database.ScalarAsync<Guid>($"SELECT id FROM ring_tokens WHERE account_id = '{person.AccountId}'");
        Assert.Equal(1, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM alarms WHERE key = 'link.reauth.{id:N}' AND resolved_at IS NULL"));
        visitor.Dispose();
    }

    [Fact]
    public async Task While_Ring_Refuses_To_Renew_No_Job_Runs_Round_In_Circles()
    {
        var (person, visitor, _) = await LinkAsync(confirmed: true);
        world.Ring.RevokeTokens(person.Key);
        await SyncAsync(person);
        // A step was due when the tokens were refused, as after a removal right after linking.
        await world.Database.ExecuteAsync($"UPDATE ring_tokens SET next_attempt_at = now() - interval '1 minute' WHERE account_id = '{person.AccountId}'");
        var id = await world.Database.ScalarAsync<Guid>($"SELECT id FROM ring_tokens WHERE account_id = '{person.AccountId}'");

        await using (var scope = world.Portal.Services.CreateAsyncScope())
        {
            var job = scope.ServiceProvider.GetRequiredService<FinishLinkJob>();
            var before = await JobsAsync(id);
            await job.RunAsync(id, CancellationToken.None);
            await job.SweepAsync(CancellationToken.None);
            Assert.Equal(before, await JobsAsync(id));
        }

        visitor.Dispose();
    }

    private Task<long> JobsAsync(Guid id) =>
        world.Database.ScalarAsync<long>($"SELECT count(*) FROM hangfire.job WHERE arguments::text LIKE '%{id}%'");

    private async Task<(RingPerson Person, Visitor Visitor, string Email)> LinkAsync(bool confirmed)
    {
        var person = await world.InstallAsync();
        var visitor = new Visitor(world.Portal);
        var email = $"notice-{Guid.NewGuid():N}@example.org";
        var consent = await visitor.ReachConsentAsync(world.Ring.BeginLink(person.Key), email);
        await world.Database.ExecuteAsync($"UPDATE users SET email_confirmed = {confirmed} WHERE email = '{email}'");
        await visitor.ConnectAsync(consent);
        await visitor.UntilAsync("Done");
        // What the linking set going uses the tokens too.
        await world.QuietAsync(person);
        return (person, visitor, email);
    }

    private async Task<int> MailsAsync(string email, string kind)
    {
        await using var context = world.Database.CreateContext();
        return await context.OutboxEmails.CountAsync(mail => mail.Kind == kind && context.Users.Any(user => user.Id == mail.UserId && user.Email == email));
    }

    private async Task SyncAsync(RingPerson person)
    {
        await using var context = world.Database.CreateContext();
        var link = await context.RingTokens.SingleAsync(token => token.AccountId == person.AccountId && token.State == RingTokenState.Active);
        await using var scope = world.Portal.Services.CreateAsyncScope();
        var listed = await scope.ServiceProvider.GetRequiredService<DeviceSync>().SyncAsync(link.Id, RingPriority.Interactive, CancellationToken.None);
        Assert.False(listed.IsSuccess);
    }

    private async Task TellAsync()
    {
        await using var scope = world.Portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TellRelinkJob>().RunAsync(CancellationToken.None);
    }
}
