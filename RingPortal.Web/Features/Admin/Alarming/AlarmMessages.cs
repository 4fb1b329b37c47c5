using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RingPortal.Data.Admin;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>Alarms in the words of messages (look 4.22).</summary>
internal sealed class AlarmMessages(Texts texts, MailComposer composer, IOptions<PortalOptions> portal, IHostEnvironment environment)
{
    /// <summary>How posts are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>The e-mail about an alarm as it stands.</summary>
    /// <param name="address">Where it goes.</param>
    /// <param name="alarm">The alarm.</param>
    /// <param name="settled">What is well again; null for nothing in particular.</param>
    /// <param name="taker">Who is on it; null for nobody.</param>
    public MailMessage Mail(string address, Alarm alarm, string? settled, string? taker)
    {
        var words = AlarmWords.Of(alarm.Text);
        var values = new (string, object?)[]
        {
            ("alarm", words.Title), ("level", texts[alarm.Level is AlarmLevel.Critical ? "admin.alarm.critical" : "admin.alarm.warning"]), ("text", words.Text),
            ("settled", settled ?? texts["admin.alarm.settled"]), ("Time", Time(alarm.RaisedAt)), ("End", Time(alarm.ResolvedAt ?? alarm.LastAt)),
            ("environment", environment.EnvironmentName), ("who", taker ?? texts["mail.alarm.nobody"]),
        };
        return alarm.ResolvedAt is null
            ? composer.Alarm(address, texts.Format("mail.alarm.subject", values), texts.Format("mail.alarm.body", values), Path(alarm), texts.Format("mail.alarm.note", values))
            : composer.Alarm(address, texts.Format("mail.alarm.resolved.subject", values), texts.Format("mail.alarm.resolved.body", values), Path(alarm), texts.Format("mail.alarm.resolved.note", values));
    }

    /// <summary>The same for programs.</summary>
    public AlarmPostBody Post(Alarm alarm, string? settled)
    {
        var words = AlarmWords.Of(alarm.Text);
        return new AlarmPostBody(
            alarm.Id, alarm.Key, alarm.Level.ToString().ToLowerInvariant(), alarm.ResolvedAt is null ? "firing" : "resolved", words.Title, alarm.ResolvedAt is null ? words.Body : settled ?? "",
            alarm.RaisedAt, alarm.ResolvedAt, portal.Value.AppName, environment.EnvironmentName, portal.Value.Address(Path(alarm)));
    }

    /// <summary>The page of one alarm.</summary>
    public static string Path(Alarm alarm) => $"{AdminPages.Health}?alarm={alarm.Id}";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>What is posted to the operators' address.</summary>
/// <param name="Id">The alarm; the same in the message that it is settled.</param>
/// <param name="Key">Its cause.</param>
/// <param name="Level"><c>warning</c> or <c>critical</c>.</param>
/// <param name="State"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Title">What happened.</param>
/// <param name="Text">Why it matters and the next step; or what is well again.</param>
/// <param name="Since">When it was raised (UTC).</param>
/// <param name="Until">When it was settled (UTC).</param>
/// <param name="Portal">The partner's name for the product.</param>
/// <param name="Environment">Production, Staging or Development.</param>
/// <param name="Url">The page of the alarm.</param>
internal sealed record AlarmPostBody(
    Guid Id, string Key, string Level, string State, string Title, string Text, DateTimeOffset Since, DateTimeOffset? Until, string Portal, string Environment, Uri Url);
