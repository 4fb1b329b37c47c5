using System.Globalization;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Says what a camera saw: one thing in a sentence, several as numbers.</summary>
internal sealed class DigestWords(Texts texts, DigestNotice notice, TimeZoneInfo zone)
{
    public string Subject => notice.Total == 1
        ? texts.Format($"mail.{Kind}.subject", ("Device", notice.Camera))
        : texts.Format("mail.events.subject", ("n", notice.Total), ("Device", notice.Camera));

    public string Body => notice.Total == 1
        ? texts.Format($"mail.{Kind}.body", ("Device", notice.Camera), ("Time", Time(notice.From)))
        : Time(notice.From) == Time(notice.To)
            ? texts.Format("mail.events.at", ("Time", Time(notice.From)), ("Summary", Summary))
            : texts.Format("mail.events.body", ("From", Time(notice.From)), ("To", Time(notice.To)), ("Summary", Summary));

    private string Kind => notice switch
    {
        { Press: > 0 } => "ring",
        { Person: > 0 } => "person",
        _ => "offline",
    };

    private string Summary => string.Join(", ", new[] { ("mail.count.ring", notice.Press), ("mail.count.person", notice.Person), ("mail.count.offline", notice.Offline) }
        .Where(count => count.Item2 > 0)
        .Select(count => texts.Format(count.Item1, ("n", count.Item2))));

    /// <summary>The clock; with its day where that is not the day of the message.</summary>
    private string Time(DateTimeOffset at)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(notice.Now, zone).Date);
        return local.ToString(local.Date == today ? "HH:mm" : "d MMM, HH:mm", CultureInfo.InvariantCulture) + (zone == TimeZoneInfo.Utc ? " UTC" : "");
    }
}
