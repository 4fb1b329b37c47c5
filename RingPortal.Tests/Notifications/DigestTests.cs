using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Events;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Notifications;

/// <summary>From what is noted to the message: on request only, at most one per period, none twice, none lost.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed partial class DigestTests(Street street) : IClassFixture<Street>
{
    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    [Fact]
    public async Task Nothing_Is_Told_Until_The_Person_Chooses_It()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Porch", "Drive");
        Assert.False(await NoteAsync(house, 0, DeviceEventKind.Press));

        await ChooseAsync(house, 0, press: false, person: true);
        Assert.False(await NoteAsync(house, 0, DeviceEventKind.Press));
        Assert.False(await NoteAsync(house, 0, DeviceEventKind.Motion, "vehicle"));
        Assert.False(await NoteAsync(house, 1, DeviceEventKind.Motion, "human"));
        Assert.True(await NoteAsync(house, 0, DeviceEventKind.Motion, "human"));
        await RunAsync();

        var mail = Assert.Single(await MailsAsync(house));
        Assert.Equal((house.Email, "Person at Porch"), (mail.To, mail.Subject));
    }

    [Fact]
    public async Task The_First_Leaves_At_Once_And_The_Rest_Of_The_Period_Together()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Porch");
        await ChooseAsync(house, 0, press: true, person: true);

        Assert.True(await NoteAsync(house, 0, DeviceEventKind.Press));
        await RunAsync();
        Assert.False(await NoteAsync(house, 0, DeviceEventKind.Press));
        Assert.False(await NoteAsync(house, 0, DeviceEventKind.Motion, "human"));
        Assert.False(await NoteAsync(house, 0, DeviceEventKind.Press));
        await RunAsync();
        Assert.Equal(["Someone rang at Porch"], (await MailsAsync(house)).Select(mail => mail.Subject));

        await ElapseAsync(house);
        await RunAsync();
        await RunAsync();

        var mails = await MailsAsync(house);
        Assert.Equal(["Someone rang at Porch", "3 events at Porch"], mails.Select(mail => mail.Subject));
        Assert.Contains("2 rings, 1 person.", mails[1].Text, StringComparison.Ordinal);
        Assert.True(await street.Database.ScalarAsync<bool>($"SELECT due_at IS NULL AND pending_since IS NULL AND pending_press + pending_person = 0 FROM notification_preferences WHERE device_id = '{house.Cameras[0]}'"));
    }

    [Fact]
    public async Task Whoever_Runs_At_The_Same_Time_Everything_Is_Told_Exactly_Once()
    {
        var house = await street.MoveInAsync("UTC", "Porch");
        await ChooseAsync(house, 0, press: true, person: false);
        using var done = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 3).Select(async _ =>
        {
            while (!done.IsCancellationRequested)
            {
                await RunAsync();
                await ElapseAsync(house);
            }
        }).ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var n = 0; n < 50; n++)
            {
                await NoteAsync(house, 0, DeviceEventKind.Press);
            }
        }));
        await done.CancelAsync();
        await Task.WhenAll(workers);
        await ElapseAsync(house);
        await RunAsync();

        var mails = await MailsAsync(house);
        Assert.Equal(200, mails.Sum(Rings));
        Assert.InRange(mails.Count, 2, 200);
    }

    [Fact]
    public async Task Runs_Side_By_Side_Write_One_Message_For_Each_Camera()
    {
        var house = await street.MoveInAsync("UTC", [.. Enumerable.Range(0, 25).Select(n => $"Camera {n}")]);
        for (var camera = 0; camera < 25; camera++)
        {
            await ChooseAsync(house, camera, press: true, person: false);
            await NoteAsync(house, camera, DeviceEventKind.Press);
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync()));

        var subjects = (await MailsAsync(house)).Select(mail => mail.Subject).ToList();
        Assert.Equal(25, subjects.Count);
        Assert.Equal(25, subjects.Distinct().Count());
    }

    [Fact]
    public async Task What_Is_Rolled_Back_Was_Never_Noted()
    {
        var house = await street.MoveInAsync("UTC", "Porch");
        await ChooseAsync(house, 0, press: true, person: false);
        await using (var context = street.Database.CreateContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            Assert.True(await Digests.NoteAsync(context, house.Cameras[0], house.User, DeviceEventKind.Press, null, Now, Now, CancellationToken.None));
        }

        await RunAsync();

        Assert.Empty(await MailsAsync(house));
    }

    [Fact]
    public async Task An_Unconfirmed_Address_A_Removed_Camera_And_One_Without_A_Plan_Get_Nothing_And_Nothing_Stays_Behind()
    {
        var (unconfirmed, removed, ended) = (await street.MoveInAsync("UTC", "Porch"), await street.MoveInAsync("UTC", "Porch"), await street.MoveInAsync("UTC", "Porch"));
        await ended.PlanAsync(0, active: false);
        // In one, because the portals' own timetable may be at it as soon as it is noted.
        await using (var context = street.Database.CreateContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            foreach (var house in new[] { unconfirmed, removed, ended })
            {
                await ChooseAsync(house, 0, press: true, person: false);
                Assert.True(await Digests.NoteAsync(context, house.Cameras[0], house.User, DeviceEventKind.Press, null, Now, Now, CancellationToken.None));
            }

            await context.Database.ExecuteSqlAsync($"UPDATE users SET email_confirmed = false WHERE id = {unconfirmed.User}");
            await context.Database.ExecuteSqlAsync($"UPDATE devices SET removed_at = now() WHERE id = {removed.Cameras[0]}");
            await transaction.CommitAsync();
        }

        await RunAsync();

        foreach (var house in new[] { unconfirmed, removed, ended })
        {
            Assert.Empty(await MailsAsync(house));
            Assert.Equal(0, await street.Database.ScalarAsync<long>($"SELECT count(*) FROM notification_preferences WHERE user_id = '{house.User}' AND due_at IS NOT NULL"));
        }
    }

    [Fact]
    public async Task Somebody_Elses_Camera_Is_Not_Noted()
    {
        var (house, stranger) = (await street.MoveInAsync("UTC", "Porch"), await street.MoveInAsync("UTC", "Other"));
        await ChooseAsync(house, 0, press: true, person: false);
        await using var context = street.Database.CreateContext();

        Assert.False(await Digests.NoteAsync(context, house.Cameras[0], stranger.User, DeviceEventKind.Press, null, Now, Now, CancellationToken.None));
    }

    [Fact]
    public async Task Offline_Is_Told_Only_Where_The_Operator_Allows_It()
    {
        var house = await street.MoveInAsync("UTC", "Porch");
        await street.Database.ExecuteAsync(
            $"INSERT INTO notification_preferences (device_id, user_id, press, person, offline, period_minutes) VALUES ('{house.Cameras[0]}', '{house.User}', false, false, true, 60)");
        await using var context = street.Database.CreateContext();
        var allowed = new NotificationDigests(Microsoft.Extensions.Options.Options.Create(new NotificationOptions { OfflineMails = "true" }));

        Assert.False(await Digests.NoteOfflineAsync(context, house.Cameras[0], house.User, Now, Now, CancellationToken.None));
        Assert.True(await allowed.NoteOfflineAsync(context, house.Cameras[0], house.User, Now, Now, CancellationToken.None));
        await RunAsync();

        Assert.Equal(["Porch is offline"], (await MailsAsync(house)).Select(mail => mail.Subject));
    }

    [Fact]
    public async Task Due_Preferences_Are_Found_By_Index()
    {
        await using var command = street.Database.Source.CreateCommand("SET enable_seqscan = off; EXPLAIN SELECT * FROM notification_preferences WHERE due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED");
        await using var reader = await command.ExecuteReaderAsync();
        var plan = "";
        while (await reader.ReadAsync())
        {
            plan += reader.GetString(0);
        }

        Assert.Contains("ix_notification_preferences_due", plan, StringComparison.Ordinal);
    }

    private NotificationDigests Digests => street.First.Services.GetRequiredService<NotificationDigests>();

    private async Task<bool> NoteAsync(House house, int camera, DeviceEventKind kind, string? subType = null)
    {
        await using var context = street.Database.CreateContext();
        return await Digests.NoteAsync(context, house.Cameras[camera], house.User, kind, subType, Now, Now, CancellationToken.None);
    }

    private async Task ChooseAsync(House house, int camera, bool press, bool person)
    {
        await using var scope = street.First.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotificationSettings>()
            .SaveAsync(house.User, [new NotificationChoice(house.Cameras[camera], "", press, person, false, 15)], CancellationToken.None);
    }

    /// <summary>As any worker of any instance would.</summary>
    private async Task RunAsync()
    {
        await using var scope = street.Second.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendDigestsJob>().RunAsync(CancellationToken.None);
    }

    private Task<int> ElapseAsync(House house) =>
        street.Database.ExecuteAsync($"UPDATE notification_preferences SET due_at = now() WHERE user_id = '{house.User}' AND due_at IS NOT NULL");

    /// <summary>What was written, sent meanwhile or not: the files of the portals' folder, else the outbox.</summary>
    private async Task<IReadOnlyList<(string To, string Subject, string Text)>> MailsAsync(House house)
    {
        // A worker of the portals that took it just now has not written it yet.
        await Eventually.TrueAsync(
            async () => await street.Database.ScalarAsync<long>($"SELECT count(*) FROM notification_preferences WHERE user_id = '{house.User}' AND due_at <= now()") == 0, TimeSpan.FromSeconds(30), "nothing is due");
        await using var context = street.Database.CreateContext();
        var ids = await context.OutboxEmails.Where(email => email.UserId == house.User && email.Kind == MailKind.Digest).OrderBy(email => email.Id).Select(email => email.Id).ToListAsync();
        var mails = new List<(string, string, string)>();
        foreach (var id in ids)
        {
            var path = "";
            await Eventually.TrueAsync(() => File.Exists(path = Path.Combine(street.First.MailFolder, $"{id:N}.eml")) || File.Exists(path = Path.Combine(street.Second.MailFolder, $"{id:N}.eml")), TimeSpan.FromSeconds(60), "the message was sent");
            using var mime = await MimeKit.MimeMessage.LoadAsync(path);
            mails.Add((mime.To.Mailboxes.Single().Address, mime.Subject!, mime.TextBody!));
        }

        return mails;
    }

    private static int Rings((string To, string Subject, string Text) mail) => mail.Subject.StartsWith("Someone", StringComparison.Ordinal)
        ? 1
        : int.Parse(Number().Match(mail.Text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) rings?")]
    private static partial Regex Number();
}
