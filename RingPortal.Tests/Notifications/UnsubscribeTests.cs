using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Events;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Notifications;

/// <summary>The address in the messages, as mail programs and people use it; nobody is signed in anywhere here.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class UnsubscribeTests(Street street) : IClassFixture<Street>
{
    private const string OneClick = "List-Unsubscribe=One-Click";

    [Fact]
    public async Task One_Click_Ends_The_Messages_And_Looking_Does_Not()
    {
        var (house, path) = await ToldAsync();
        using var client = street.Second.CreateClient();

        var look = await client.GetAsync(path);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, "Stop e-mails about Porch?"), (look.StatusCode, head.StatusCode, await HeadingAsync(look)));
        Assert.True(await IsOnAsync(house));

        var stopped = await client.PostAsync(path, Form(OneClick));
        Assert.Equal((HttpStatusCode.OK, "E-mails about Porch are stopped"), (stopped.StatusCode, await HeadingAsync(stopped)));
        Assert.False(await IsOnAsync(house));
        Assert.Equal("E-mails about Porch are stopped", await HeadingAsync(await client.PostAsync(path, Form(OneClick))));
        Assert.False(await NoteAsync(house));

        var again = await client.PostAsync(path, Form("List-Unsubscribe=Go-On"));
        Assert.Equal("E-mails about Porch are on again", await HeadingAsync(again));
        Assert.True(await IsOnAsync(house));
    }

    [Fact]
    public async Task What_Waited_Is_Not_Told_After_The_End()
    {
        var (house, path) = await ToldAsync();
        await NoteAsync(house);
        using var client = street.First.CreateClient();
        await client.PostAsync(path, Form(OneClick));

        await client.PostAsync(path, Form("List-Unsubscribe=Go-On"));
        await RunAsync();

        Assert.Equal(1, await CountAsync(house));
    }

    [Fact]
    public async Task A_Mail_Program_May_Post_In_Parts()
    {
        var (house, path) = await ToldAsync();
        using var client = street.First.CreateClient();
        using var parts = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };

        using var answer = await client.PostAsync(path, parts);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(await IsOnAsync(house));
    }

    [Fact]
    public async Task The_Address_Of_An_Old_Message_Keeps_Working()
    {
        var (house, path) = await ToldAsync();
        await NoteAsync(house);
        await street.Database.ExecuteAsync($"UPDATE notification_preferences SET due_at = now(), last_mail_at = now() - interval '70 days' WHERE user_id = '{house.User}'");
        await RunAsync();

        Assert.Equal(2, await CountAsync(house));
        using var client = street.First.CreateClient();
        await client.PostAsync(path, Form(OneClick));
        Assert.False(await IsOnAsync(house));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%C3%BC%20-_")]
    public async Task An_Unknown_Address_Is_Answered_Calmly_With_The_Same_Code(string secret)
    {
        using var client = street.First.CreateClient();

        foreach (var answer in new[] { await client.GetAsync($"/unsubscribe/{secret}"), await client.PostAsync($"/unsubscribe/{secret}", Form(OneClick)) })
        {
            Assert.Equal((HttpStatusCode.OK, "There is nothing to stop here"), (answer.StatusCode, await HeadingAsync(answer)));
        }
    }

    [Theory]
    [InlineData("", "application/x-www-form-urlencoded")]
    [InlineData("List-Unsubscribe=Other", "application/x-www-form-urlencoded")]
    [InlineData("{}", "application/json")]
    [InlineData("--x\r\nrubbish", "multipart/form-data; boundary=x")]
    public async Task A_Post_That_Says_Something_Else_Changes_Nothing(string body, string type)
    {
        var (house, path) = await ToldAsync();
        using var client = street.First.CreateClient();
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using var answer = await client.PostAsync(path, content);

        Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
        Assert.True(await IsOnAsync(house));
    }

    [Fact]
    public async Task The_Database_Holds_No_Secret_And_No_Log_Line_Does()
    {
        var (house, path) = await ToldAsync();
        var secret = path[(path.LastIndexOf('/') + 1)..];
        using var client = street.First.CreateClient();
        await client.GetAsync(path);
        await client.PostAsync(path, Form(OneClick));
        await client.GetAsync($"{path}/further");

        await using var context = street.Database.CreateContext();
        var row = await context.NotificationPreferences.AsNoTracking().SingleAsync(preference => preference.UserId == house.User);
        Assert.Equal(UnsubscribeSecrets.HashOf(secret), row.UnsubscribeHash);
        Assert.DoesNotContain(secret, Encoding.Latin1.GetString(row.SealedUnsubscribe!), StringComparison.Ordinal);
        Assert.True(street.First.Logs.Lines.Count > 100, "The log must be loud for this to mean anything.");
        Assert.Empty(street.First.Logs.Lines.Concat(street.Second.Logs.Lines).Where(line => line.Contains(secret, StringComparison.Ordinal)).Select(line => line[..Math.Min(300, line.Length)]));
    }

    [Fact]
    public async Task The_Message_Lets_The_Mail_Program_End_It()
    {
        var (house, path) = await ToldAsync();
        await using var context = street.Database.CreateContext();
        var id = await context.OutboxEmails.Where(email => email.UserId == house.User && email.Kind == MailKind.Digest).Select(email => email.Id).SingleAsync();
        using var mime = await MimeKit.MimeMessage.LoadAsync(await FileAsync(id));

        Assert.Equal($"<{street.First.BaseAddress.GetLeftPart(UriPartial.Authority)}{path}>".Split("/unsubscribe")[1], mime.Headers[MimeKit.HeaderId.ListUnsubscribe]!.Split("/unsubscribe")[1]);
        Assert.Equal("List-Unsubscribe=One-Click", mime.Headers[MimeKit.HeaderId.ListUnsubscribePost]);
        Assert.Contains(path, mime.TextBody, StringComparison.Ordinal);
        Assert.Contains("/Account/Notifications", mime.TextBody, StringComparison.Ordinal);
        Assert.Contains($"/events?camera={house.Cameras[0]}", mime.TextBody, StringComparison.Ordinal);
    }

    /// <summary>A household that got one message, and the path in it that ends them.</summary>
    private async Task<(House House, string Path)> ToldAsync()
    {
        var house = await street.MoveInAsync("UTC", "Porch");
        await using (var scope = street.First.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<NotificationSettings>()
                .SaveAsync(house.User, [new NotificationChoice(house.Cameras[0], "", true, false, false, 60)], CancellationToken.None);
        }

        Assert.True(await NoteAsync(house));
        await RunAsync();
        await using var context = street.Database.CreateContext();
        var row = await context.NotificationPreferences.AsNoTracking().SingleAsync(preference => preference.UserId == house.User);
        return (house, street.First.Services.GetRequiredService<UnsubscribeSecrets>().PathOf(row));
    }

    private async Task<bool> NoteAsync(House house)
    {
        await using var context = street.Database.CreateContext();
        return await street.First.Services.GetRequiredService<NotificationDigests>()
            .NoteAsync(context, house.Cameras[0], house.User, DeviceEventKind.Press, null, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, CancellationToken.None);
    }

    private async Task RunAsync()
    {
        await using var scope = street.First.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendDigestsJob>().RunAsync(CancellationToken.None);
        // The portals' own timetable may be at one of them just now.
        await Eventually.TrueAsync(
            async () => await street.Database.ScalarAsync<long>("SELECT count(*) FROM notification_preferences WHERE due_at <= now()") == 0, TimeSpan.FromSeconds(30), "nothing is due");
    }

    private Task<bool> IsOnAsync(House house) => street.Database.ScalarAsync<bool>($"SELECT stopped_at IS NULL FROM notification_preferences WHERE user_id = '{house.User}'");

    private Task<long> CountAsync(House house) => street.Database.ScalarAsync<long>($"SELECT count(*) FROM outbox_emails WHERE user_id = '{house.User}' AND kind = 'digest'");

    private async Task<string> FileAsync(Guid id)
    {
        var path = "";
        await Eventually.TrueAsync(() => File.Exists(path = Path.Combine(street.First.MailFolder, $"{id:N}.eml")) || File.Exists(path = Path.Combine(street.Second.MailFolder, $"{id:N}.eml")), TimeSpan.FromSeconds(60), "the message was sent");
        return path;
    }

    private static StringContent Form(string body) => new(body, Encoding.ASCII, "application/x-www-form-urlencoded");

    private static async Task<string> HeadingAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("h1")!.TextContent.Trim();
}
