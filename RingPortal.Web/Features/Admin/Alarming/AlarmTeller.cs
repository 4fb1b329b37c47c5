using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Admin;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>
/// Writes to operators about alarms: one message when one is raised or becomes critical, one when it is settled. What is
/// written, and that it was, is one transaction; sending comes after, with retries.
/// </summary>
internal sealed class AlarmTeller(
    RingPortalContext context, AlarmMessages messages, Outbox outbox, OutboxWake mail, AlarmPosting posting, IOptions<AlarmsOptions> options, TimeProvider clock)
{
    private const int Most = 100;

    /// <summary>Writes what is due and sends what waits.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellationToken))
        {
            var due = await context.Alarms
                .FromSql($"SELECT * FROM alarms WHERE next_message_at <= {now} ORDER BY next_message_at LIMIT {Most} FOR UPDATE SKIP LOCKED")
                .ToListAsync(cancellationToken);
            foreach (var alarm in due)
            {
                await WriteAsync(alarm, now, cancellationToken);
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (due.Count > 0 && options.Value.Email is { Length: > 0 })
            {
                mail.Wake();
            }
        }

        await posting.PostDueAsync(cancellationToken);
    }

    private async Task WriteAsync(Alarm alarm, DateTimeOffset now, CancellationToken cancellationToken)
    {
        alarm.NextMessageAt = null;
        if (alarm.ResolvedAt is null)
        {
            alarm.ToldAt ??= now;
        }

        var taker = alarm.TakenBy is null ? null : await context.Users.Where(user => user.Id == alarm.TakenBy).Select(user => user.Email).FirstOrDefaultAsync(cancellationToken);
        var settled = alarm.ResolvedAt is null ? null : await context.AlarmNotes.Where(note => note.AlarmId == alarm.Id && note.Kind == "resolved").Select(note => note.Text).FirstOrDefaultAsync(cancellationToken);
        if (options.Value.Email is { Length: > 0 } address)
        {
            outbox.Add(context, null, MailKind.Alarm, messages.Mail(address, alarm, settled, taker));
            Note(alarm, "mail", now);
        }

        if (options.Value.WebhookUrl is not null)
        {
            var post = new AlarmPost { AlarmId = alarm.Id, Body = JsonSerializer.Serialize(messages.Post(alarm, settled), AlarmMessages.Json), CreatedAt = now, NextAttemptAt = now };
            context.AlarmPosts.Add(post);
            Note(alarm, "webhook", now);
        }
    }

    private void Note(Alarm alarm, string kind, DateTimeOffset now) => context.AlarmNotes.Add(new AlarmNote { AlarmId = alarm.Id, At = now, Kind = kind });
}
