using System.Globalization;
using Microsoft.Extensions.Options;
using RingPortal.Data.Teardown;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Writes the messages. Addresses in them come from <c>Portal__PublicUrl</c>, never from a request.</summary>
public sealed class MailComposer(Texts texts, IOptions<PortalOptions> portal)
{
    private readonly MailPaper paper = new(texts, portal);

    /// <summary>Asks to confirm an e-mail.</summary>
    /// <param name="email">The address to confirm, which the message goes to.</param>
    /// <param name="code">The one-time code, safe for addresses.</param>
    public MailMessage Confirm(string email, string code) => Write(email, new MailLetter(
        texts["mail.confirm.subject"],
        texts.Format("mail.confirm.body", ("email", email)),
        texts["mail.confirm.action"],
        portal.Value.Address($"/Account/ConfirmEmail?code={Uri.EscapeDataString(code)}"),
        texts["mail.confirm.note"]));

    /// <summary>Leads to the choice of a new password.</summary>
    public MailMessage Reset(string email, Guid userId, string code) => Write(email, new MailLetter(
        texts["mail.reset.subject"],
        texts.Format("mail.reset.body", ("email", email)),
        texts["mail.reset.action"],
        portal.Value.Address($"/Account/ResetPassword?id={userId}&code={Uri.EscapeDataString(code)}"),
        texts["mail.reset.note"]));

    /// <summary>Tells that a Ring account was connected.</summary>
    public MailMessage Connected(string email, ConnectedNotice notice, TimeZoneInfo zone) => Write(email, new MailLetter(
        texts.Format("mail.linked.subject", ("mask", notice.MaskedAccount)),
        texts.Format(
            "mail.linked.body",
            ("Date", Date(notice.ConnectedAt, zone)), ("Time", Time(notice.ConnectedAt, zone)), ("mask", notice.MaskedAccount), ("n", notice.Cameras)),
        texts["mail.linked.action"],
        portal.Value.Address(notice.UndoPath),
        texts["mail.linked.note"]));

    /// <summary>Tells that a Ring account must be connected again.</summary>
    public MailMessage Reconnect(string email, ReconnectNotice notice, TimeZoneInfo zone) => Write(email, new MailLetter(
        texts["mail.relink.subject"],
        texts.Format("mail.relink.body", ("Date", Date(notice.Since, zone)), ("mask", notice.MaskedAccount)),
        texts["mail.relink.action"],
        portal.Value.Address("/help"),
        texts.Format("mail.relink.note", ("Date", Date(notice.PicturesUntil, zone)))));

    /// <summary>Tells that a Ring account is no longer connected, and why.</summary>
    public MailMessage Disconnected(string email, DisconnectedNotice notice, TimeZoneInfo zone)
    {
        var body = notice.Cause switch
        {
            TeardownCause.Person => "mail.unlinked.person",
            TeardownCause.Replaced => "mail.unlinked.replaced",
            TeardownCause.Operator => "mail.unlinked.operator",
            _ => "mail.unlinked.ring",
        };
        return Write(email, new MailLetter(
            texts.Format("mail.unlinked.subject", ("mask", notice.MaskedAccount)),
            texts.Format(body, ("Date", Date(notice.DisconnectedAt, zone)), ("Time", Time(notice.DisconnectedAt, zone)), ("mask", notice.MaskedAccount)),
            texts["mail.unlinked.action"],
            portal.Value.Address("/help"),
            texts["mail.unlinked.note"]));
    }

    /// <summary>Tells that the account is deleted: the last message to this address.</summary>
    /// <param name="email">The address.</param>
    /// <param name="askedAt">When the person asked for it (UTC).</param>
    /// <param name="zone">Their zone.</param>
    public MailMessage Erased(string email, DateTimeOffset askedAt, TimeZoneInfo zone) => Write(email, new MailLetter(
        texts["mail.erased.subject"],
        texts.Format("mail.erased.body", ("Date", Date(askedAt, zone)), ("Time", Time(askedAt, zone))),
        texts["mail.erased.action"],
        portal.Value.Address("/help#data"),
        texts["mail.erased.note"])
    {
        Why = texts["mail.erased.why"],
    });

    /// <summary>Tells operators of an alarm, in words that are ready.</summary>
    /// <param name="email">The operators' address.</param>
    /// <param name="subject">The subject line.</param>
    /// <param name="body">What happened and what to do.</param>
    /// <param name="path">The page of the alarm.</param>
    /// <param name="note">Who is on it.</param>
    public MailMessage Alarm(string email, string subject, string body, string path, string note) => Write(email, new MailLetter(
        subject, body, texts["mail.alarm.action"], portal.Value.Address(path), note)
    {
        Why = texts["mail.alarm.why"],
    });

    /// <summary>Tells what a camera saw, with the way to end such messages.</summary>
    public MailMessage Digest(string email, DigestNotice notice, TimeZoneInfo zone)
    {
        var words = new DigestWords(texts, notice, zone);
        var stop = portal.Value.Address(notice.UnsubscribePath);
        var letter = new MailLetter(
            words.Subject,
            words.Body,
            texts["mail.ring.action"],
            portal.Value.Address(notice.EventsPath),
            texts["mail.events.note"],
            new MailWay(texts["mail.events.change"], portal.Value.Address(NotificationSettings.Page)),
            new MailWay(texts["mail.events.stop"], stop));
        return Write(email, letter) with { Unsubscribe = stop };
    }

    /// <summary>Tells the contact of a review that somebody came for the first time.</summary>
    /// <param name="email">The operator's address.</param>
    /// <param name="at">When somebody came (UTC).</param>
    public MailMessage Review(string email, DateTimeOffset at) => Write(email, new MailLetter(
        texts["admin.cert.mail.subject"],
        texts.Format("admin.cert.mail.body", ("Date", Date(at, TimeZoneInfo.Utc)), ("Time", Time(at, TimeZoneInfo.Utc))),
        texts["admin.cert.mail.action"],
        portal.Value.Address("/admin/certification?part=review"),
        texts["admin.cert.mail.note"]));

    private MailMessage Write(string email, MailLetter letter) =>
        new(email, letter.Subject, paper.Text(letter), paper.Html(letter));

    private static string Date(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture) + (zone == TimeZoneInfo.Utc ? " UTC" : "");
}
