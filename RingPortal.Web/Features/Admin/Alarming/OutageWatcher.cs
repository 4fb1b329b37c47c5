using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Admin;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>
/// Raises the alarm that Ring will soon stop repeating what we could not take (73 minutes, contract 5.5). The database is the
/// likely cause, so nothing here needs it: while it is away operators are written to directly, by each instance once.
/// </summary>
internal sealed partial class OutageWatcher(
    OutageClock outage, Alarms alarms, AlarmMessages messages, IMailTransport mail, IServiceScopeFactory scopes, IOptions<AlarmsOptions> options, Texts texts, TimeProvider clock, ILogger<OutageWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_warning = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_critical = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private Alarm? _told;
    private bool _isRaised;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            if (outage.Since() is { } since && now - since >= s_warning)
            {
                await RaiseAsync(since, now, cancellationToken).WaitAsync(s_patience, cancellationToken);
            }
            else if (_isRaised || _told is not null)
            {
                await SettleAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
            }
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.Away(logger, exception);
            if (outage.Since() is { } since && now - since >= s_critical && _told is null)
            {
                await TellDirectlyAsync(since, now, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task RaiseAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await context.Inbox.AnyAsync(message => message.ReceivedAt > since, cancellationToken))
        {
            outage.Forget();
            await SettleAsync(cancellationToken);
            return;
        }

        await alarms.RaiseAsync(AlarmCauses.Outage, LevelAt(since, now), Words(since, now).Text, cancellationToken);
        _isRaised = true;
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_told is { } told)
        {
            // The table learns what was told while it was away, so that the end of it is told as well.
            await alarms.RaiseAsync(AlarmCauses.Outage, AlarmLevel.Critical, told.Text, cancellationToken);
            await using var scope = scopes.CreateBackgroundScope();
            var now = clock.GetUtcNow();
            await scope.ServiceProvider.GetRequiredService<RingPortalContext>().Alarms.Where(alarm => alarm.Key == AlarmCauses.Outage && alarm.ResolvedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(alarm => alarm.ToldAt, alarm => alarm.ToldAt ?? now).SetProperty(alarm => alarm.NextMessageAt, (DateTimeOffset?)null), cancellationToken);
        }

        await alarms.ResolveAsync(AlarmCauses.Outage, texts["admin.alarm.outage.over"], cancellationToken);
        (_told, _isRaised) = (null, false);
    }

    private async Task TellDirectlyAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alarm = new Alarm { Key = AlarmCauses.Outage, Text = Words(since, now).Text, Level = AlarmLevel.Critical, RaisedAt = since, LastAt = now };
        Log.Told(logger, alarm.Text);
        await using var scope = scopes.CreateBackgroundScope();
        if (options.Value.WebhookUrl is { } url)
        {
            var body = JsonSerializer.Serialize(messages.Post(alarm, null), AlarmMessages.Json);
            Log.Posted(logger, await scope.ServiceProvider.GetRequiredService<AlarmPosting>().PostAsync(url, alarm.Id, body, cancellationToken) ?? "taken");
        }

        if (options.Value.Email is { Length: > 0 } address)
        {
            Log.Mailed(logger, (await mail.SendAsync(alarm.Id, messages.Mail(address, alarm, null, null), cancellationToken)).GetType().Name);
        }

        _told = alarm;
    }

    private AlarmWords Words(DateTimeOffset since, DateTimeOffset now) =>
        new(texts.Format("admin.alarm.outage.title", ("t", Figures.Time(now - since))), texts["admin.alarm.outage.body"]);

    private static AlarmLevel LevelAt(DateTimeOffset since, DateTimeOffset now) => now - since >= s_critical ? AlarmLevel.Critical : AlarmLevel.Warning;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The outage cannot be looked at in the database")]
        public static partial void Away(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Critical, "{Text} The database is away, so operators are written to directly")]
        public static partial void Told(ILogger logger, string text);

        [LoggerMessage(3, LogLevel.Information, "The outage was posted: {Outcome}")]
        public static partial void Posted(ILogger logger, string outcome);

        [LoggerMessage(4, LogLevel.Information, "The outage was mailed: {Outcome}")]
        public static partial void Mailed(ILogger logger, string outcome);
    }
}
