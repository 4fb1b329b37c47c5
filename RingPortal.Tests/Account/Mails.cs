using System.Text.RegularExpressions;
using MimeKit;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account;

/// <summary>Reads the messages that the portal wrote into its folder.</summary>
internal static partial class Mails
{
    /// <summary>The timetable finds every message within a minute, whatever happened to the wake-up.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    public static IReadOnlyList<MimeMessage> To(string folder, string email) =>
        !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*.eml").Order().Select(path => MimeMessage.Load(path)).Where(mail => mail.To.Mailboxes.Any(to => to.Address == email))];

    /// <summary>The path in the message that confirms an e-mail.</summary>
    public static string ConfirmPath(MimeMessage mail) => Confirm().Match(mail.TextBody ?? "").Value;

    /// <summary>The path in the message that leads to a new password; waits until it has come.</summary>
    public static async Task<string> ResetPathAsync(string folder, string email)
    {
        var path = "";
        await Eventually.TrueAsync(() => (path = To(folder, email).Select(mail => Reset().Match(mail.TextBody ?? "").Value).LastOrDefault(found => found.Length > 0) ?? "").Length > 0, Limit, "the message to reset the password");
        return path;
    }

    [GeneratedRegex(@"/Account/ResetPassword\?id=\S+")]
    private static partial Regex Reset();

    [GeneratedRegex(@"/Account/ConfirmEmail\?code=\S+")]
    private static partial Regex Confirm();
}
