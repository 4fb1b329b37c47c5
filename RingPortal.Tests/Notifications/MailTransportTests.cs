using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Notifications;

public sealed class MailTransportTests : IAsyncLifetime
{
    private static readonly MailMessage Message = new("anna@example.org", "Grüße", "Text über\n.Punkt am Anfang\n", "<p>Html</p>");

    private SmtpListener Server { get; } = new();

    private TestFolder Folder { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }

    [Fact]
    public async Task A_Server_Gets_Text_And_Html_From_Our_Sender_With_The_Rows_Id()
    {
        var id = Guid.NewGuid();

        var outcome = await Smtp().SendAsync(id, Message, CancellationToken.None);

        Assert.IsType<MailDelivery.Accepted>(outcome);
        using var mail = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(Assert.Single(Server.Messages))));
        Assert.Equal(("Grüße", $"{id:N}@portal.example.com"), (mail.Subject, mail.MessageId));
        Assert.Equal("Fairview <hello@portal.example.com>", mail.From.ToString().Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("anna@example.org", mail.To.ToString());
        Assert.Equal(Message.Text, mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(Message.Html, mail.HtmlBody!.Trim());
    }

    [Theory]
    [InlineData("RCPT", "550 no such person anna@example.org", "Refused { Reason = reply 550 }")]
    [InlineData("RCPT", "450 mailbox of anna@example.org is busy", "Deferred { Reason = reply 450 }")]
    [InlineData("MAIL", "553 we do not know you", "Deferred { Reason = reply 553 }")]
    [InlineData("DATA", "451 come again", "Deferred { Reason = reply 451 }")]
    [InlineData("EHLO", "garbage", "Deferred { Reason = SmtpProtocolException }")]
    public async Task A_Refusal_Is_An_Outcome_Without_The_Address(string command, string answer, string expected)
    {
        Server.Answers[command] = answer;

        Assert.Equal(expected, (await Smtp().SendAsync(Guid.NewGuid(), Message, CancellationToken.None)).ToString());
    }

    [Fact]
    public async Task A_Server_That_Is_Not_There_Defers()
    {
        var port = FreePort.Take();

        Assert.IsType<MailDelivery.Deferred>(await Smtp(port).SendAsync(Guid.NewGuid(), Message, CancellationToken.None));
    }

    [Fact]
    public async Task A_Password_Is_Never_Sent_To_A_Server_That_Does_Not_Ask_For_It()
    {
        var transport = new SmtpMailTransport(Envelope(), Options.Create(Settings(Server.Port, user: "user")));

        Assert.IsType<MailDelivery.Deferred>(await transport.SendAsync(Guid.NewGuid(), Message, CancellationToken.None));
        Assert.Empty(Server.Messages);
    }

    [Fact]
    public async Task What_Is_No_Address_Is_Refused()
    {
        var outcome = await Smtp().SendAsync(Guid.NewGuid(), Message with { To = "a@b, c@d" }, CancellationToken.None);

        Assert.IsType<MailDelivery.Refused>(outcome);
    }

    [Fact]
    public async Task The_Folder_Gets_One_Whole_File_Even_When_Sent_Twice()
    {
        var id = Guid.NewGuid();
        var transport = new FolderMailTransport(Envelope(), Options.Create(new SmtpOptions { Folder = Folder.Inside("mail") }));

        await transport.SendAsync(id, Message, CancellationToken.None);
        await transport.SendAsync(id, Message, CancellationToken.None);

        var file = Assert.Single(Directory.GetFiles(Folder.Inside("mail")));
        Assert.Equal($"{id:N}.eml", Path.GetFileName(file));
        using var mail = await MimeMessage.LoadAsync(file);
        Assert.Equal("Grüße", mail.Subject);
    }

    private static SmtpOptions Settings(int port, string? user = null) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        From = "hello@portal.example.com",
        Security = SmtpSecurity.None,
        User = user,
        Password = user,
    };

    private static MailEnvelope Envelope() => new(
        Options.Create(Settings(25)), Options.Create(new PortalOptions { PublicUrl = new Uri("https://portal.example.com") }), TimeProvider.System);

    private SmtpMailTransport Smtp(int? port = null) => new(Envelope(), Options.Create(Settings(port ?? Server.Port)));
}
