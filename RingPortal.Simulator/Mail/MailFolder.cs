using MimeKit;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Mail;

/// <summary>Reads the e-mails that the portal wrote into its development folder.</summary>
internal sealed partial class MailFolder(RingCloudOptions options, ILogger<MailFolder> logger)
{
    private const int Shown = 50;

    public bool Exists => options.MailFolder is { } folder && Directory.Exists(folder);

    /// <summary>The newest messages, newest first.</summary>
    public async Task<IReadOnlyList<MailMessage>> NewestAsync(CancellationToken cancellationToken)
    {
        if (!Exists)
            return [];

        var messages = new List<MailMessage>();
        foreach (var file in new DirectoryInfo(options.MailFolder!).EnumerateFiles("*.eml").OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name).Take(Shown))
        {
            if (await ReadAsync(file.Name, cancellationToken) is { } message)
                messages.Add(message);
        }

        return messages;
    }

    /// <summary>One message, or nothing when there is no such file or it is half written.</summary>
    public async Task<MailMessage?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.MailFolder ?? "", name);
        if (!Exists || name != Path.GetFileName(name) || !name.EndsWith(".eml", StringComparison.Ordinal) || !File.Exists(path))
            return null;

        try
        {
            using var mime = await MimeMessage.LoadAsync(path, cancellationToken);
            return new MailMessage(name, mime.Subject ?? "(no subject)", mime.To.ToString(), mime.Date, mime.TextBody ?? "", mime.HtmlBody);
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException)
        {
            Log.Unreadable(logger, name, unreadable.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The e-mail {Name} cannot be read: {Reason}")]
        public static partial void Unreadable(ILogger logger, string name, string reason);
    }
}
