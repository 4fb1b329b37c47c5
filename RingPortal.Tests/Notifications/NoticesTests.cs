using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Notifications;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Notifications;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class NoticesTests(MailWorkshop shop) : IClassFixture<MailWorkshop>
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_Confirmed_Address_Is_Told_In_Its_Own_Time_With_The_Way_To_Undo()
    {
        var mail = await NoticeAsync(confirmed: true, "Europe/Berlin", (context, id, notices) =>
            notices.ConnectedAsync(context, id, new ConnectedNotice("j***e@example.com", 3, At, "/ring/link/undo/abc"), CancellationToken.None));

        Assert.Equal("Ring account j***e@example.com is connected to Fairview", mail!.Subject);
        Assert.Contains("On 24 Nov 2026 at 00:30 the Ring account j***e@example.com with 3 cameras", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://portal.example.com/ring/link/undo/abc", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Unconfirmed_Address_Is_Told_Nothing()
    {
        var connected = await NoticeAsync(confirmed: false, null, (context, id, notices) =>
            notices.ConnectedAsync(context, id, new ConnectedNotice("j***", 1, At, "/undo"), CancellationToken.None));
        var reconnect = await NoticeAsync(confirmed: false, null, (context, id, notices) =>
            notices.ReconnectAsync(context, id, new ReconnectNotice("j***", At, At.AddDays(30)), CancellationToken.None));

        Assert.Null(connected);
        Assert.Null(reconnect);
    }

    [Fact]
    public async Task Connect_Again_Names_The_Day_And_How_Long_Pictures_Stay()
    {
        var mail = await NoticeAsync(confirmed: true, null, (context, id, notices) =>
            notices.ReconnectAsync(context, id, new ReconnectNotice("j***", At, At.AddDays(30)), CancellationToken.None));

        Assert.Contains("Since 23 Nov 2026", mail!.Text, StringComparison.Ordinal);
        Assert.Contains("23 Dec 2026", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://portal.example.com/help", mail.Html, StringComparison.Ordinal);
    }

    private async Task<MailMessage?> NoticeAsync(bool confirmed, string? zone, Func<RingPortalContext, Guid, Notices, Task<bool>> tell)
    {
        await using var context = shop.Database.CreateContext();
        var email = $"{Guid.NewGuid():N}@example.org";
        var user = new PortalUser
        {
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = confirmed,
            TimeZone = zone,
            CreatedAt = At,
        };
        context.Users.Add(user);
        await context.SaveChangesAsync();
        var added = await tell(context, user.Id, shop.Get<Notices>());
        var row = context.ChangeTracker.Entries<OutboxEmail>().SingleOrDefault()?.Entity;
        await context.SaveChangesAsync();
        Assert.Equal(added, row is not null);
        return row is null ? null : shop.Get<Outbox>().Open(row);
    }
}
