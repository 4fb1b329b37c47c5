using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Notifications;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class OutboxTests(MailWorkshop shop) : IClassFixture<MailWorkshop>
{
    [Fact]
    public async Task A_Row_Holds_No_Word_Of_The_Message()
    {
        var id = await shop.WriteAsync("secret.person@example.org");

        var row = await shop.ReadAsync(id);

        var stored = Encoding.Latin1.GetString(row.SealedMessage!);
        Assert.All(["secret.person", "example.org", "Subject", "Html"], word => Assert.DoesNotContain(word, stored, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("secret.person@example.org", shop.Get<Outbox>().Open(row).To);
    }

    [Fact]
    public async Task A_Rolled_Back_Decision_Leaves_No_Message()
    {
        await using var context = shop.Database.CreateContext();
        await using (await context.Database.BeginTransactionAsync())
        {
            shop.Get<Outbox>().Add(context, null, "rolled-back", new MailMessage("a@example.org", "s", "t", "h"));
            await context.SaveChangesAsync();
        }

        context.ChangeTracker.Clear();
        Assert.False(await context.OutboxEmails.AnyAsync(email => email.Kind == "rolled-back"));
    }

    [Fact]
    public async Task A_Text_Moved_To_Another_Row_Does_Not_Open_And_Is_Never_Sent()
    {
        var (first, second) = (await shop.WriteAsync("first@example.org"), await shop.WriteAsync("second@example.org"));
        await shop.Database.ExecuteAsync(
            $"UPDATE outbox_emails SET sealed_message = (SELECT sealed_message FROM outbox_emails WHERE id = '{first}') WHERE id = '{second}'");

        await shop.RunAsync();

        Assert.Equal((1, 0), (shop.Transport.CountOf(first), shop.Transport.CountOf(second)));
        var row = await shop.ReadAsync(second);
        Assert.Equal((null, null), (row.SealedMessage, row.SentAt));
    }

    [Fact]
    public async Task Four_Workers_Send_Each_Message_Once()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add(await shop.WriteAsync());
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.RunAsync()));

        Assert.All(ids, id => Assert.Equal(1, shop.Transport.CountOf(id)));
        await using var context = shop.Database.CreateContext();
        Assert.Equal(60, await context.OutboxEmails.CountAsync(email => ids.Contains(email.Id) && email.SentAt != null && email.SealedMessage == null));
    }
}
