using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Notifications;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SendEmailJobTests : IAsyncLifetime
{
    private readonly MailWorkshop shop = new();

    public Task InitializeAsync() => shop.InitializeAsync();

    public Task DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_Worker_That_Dies_Between_Taking_And_Sending_Loses_Nothing()
    {
        var id = await shop.WriteAsync();
        shop.Transport.Answer = _ => throw new InvalidOperationException("The worker died.");
        await Assert.ThrowsAsync<InvalidOperationException>(shop.RunAsync);
        shop.Transport.Answer = _ => Task.FromResult<MailDelivery>(new MailDelivery.Accepted());

        await shop.RunAsync();
        Assert.Null((await shop.ReadAsync(id)).SentAt);
        shop.Clock.Advance(OutboxQueue.Lease);
        await shop.RunAsync();

        Assert.NotNull((await shop.ReadAsync(id)).SentAt);
    }

    [Fact]
    public async Task A_Worker_That_Lost_Its_Lease_Changes_Nothing_Any_More()
    {
        var id = await shop.WriteAsync();
        shop.Transport.Answer = async _ =>
        {
            shop.Transport.Answer = _ => Task.FromResult<MailDelivery>(new MailDelivery.Accepted());
            shop.Clock.Advance(OutboxQueue.Lease);
            await shop.RunAsync();
            return new MailDelivery.Deferred("too late");
        };

        await shop.RunAsync();

        var row = await shop.ReadAsync(id);
        Assert.NotNull(row.SentAt);
        Assert.Null(row.SealedMessage);
    }

    [Fact]
    public async Task A_Server_That_Is_Away_Is_Asked_Again_Later_And_At_Last_Alarms()
    {
        var id = await shop.WriteAsync();
        shop.Transport.Answer = _ => Task.FromResult<MailDelivery>(new MailDelivery.Deferred("reply 451"));
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await shop.RunAsync();
            await shop.RunAsync();
            Assert.Equal(attempt, shop.Transport.CountOf(id));
            shop.Clock.Advance(SendEmailJob.WaitAfter(attempt));
        }

        Assert.Equal(1, await OpenAlarmsAsync());
        shop.Transport.Answer = _ => Task.FromResult<MailDelivery>(new MailDelivery.Accepted());
        await shop.RunAsync();

        Assert.NotNull((await shop.ReadAsync(id)).SentAt);
        Assert.Equal(0, await OpenAlarmsAsync());
    }

    [Fact]
    public async Task A_Refused_Recipient_Is_Given_Up_And_The_Text_Is_Gone()
    {
        var id = await shop.WriteAsync();
        shop.Transport.Answer = _ => Task.FromResult<MailDelivery>(new MailDelivery.Refused("reply 550"));

        await shop.RunAsync();
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.RunAsync();

        var row = await shop.ReadAsync(id);
        Assert.Equal((1, null, null), (shop.Transport.CountOf(id), row.SentAt, row.SealedMessage));
    }

    [Fact]
    public async Task What_Came_Too_Late_Is_Not_Sent_And_Its_Text_Is_Gone()
    {
        var id = await shop.WriteAsync(lifetime: TimeSpan.FromHours(1));
        shop.Clock.Advance(TimeSpan.FromHours(1));

        await shop.RunAsync();

        Assert.Equal(0, shop.Transport.CountOf(id));
        Assert.Null((await shop.ReadAsync(id)).SealedMessage);
    }

    [Fact]
    public async Task No_Log_Line_Names_The_Person_Or_The_Text()
    {
        await shop.WriteAsync("very.private@example.org");
        shop.Transport.Answer = _ => Task.FromResult<MailDelivery>(new MailDelivery.Deferred("timeout"));

        await shop.RunAsync();

        Assert.NotEmpty(shop.Logs.Lines);
        Assert.DoesNotContain(shop.Logs.Lines, line => line.Contains("very.private", StringComparison.Ordinal) || line.Contains("Html", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(500, 60)]
    public void Waits_Double_Up_To_An_Hour(int attempts, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), SendEmailJob.WaitAfter(attempts));

    private async Task<int> OpenAlarmsAsync()
    {
        await using var context = shop.Database.CreateContext();
        return await context.Alarms.CountAsync(alarm => alarm.Key == "mail.failing" && alarm.ResolvedAt == null);
    }
}
