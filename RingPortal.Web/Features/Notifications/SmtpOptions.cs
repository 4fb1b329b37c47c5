namespace RingPortal.Web.Features.Notifications;

/// <summary>Section <c>Smtp</c>: how messages leave.</summary>
public sealed class SmtpOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Smtp";

    /// <summary>The mail server; unset in Development: messages go to <see cref="Folder"/>.</summary>
    public string? Host { get; set; }

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>User name, when the server asks for one.</summary>
    public string? User { get; set; }

    /// <summary>Password of <see cref="User"/>.</summary>
    public string? Password { get; set; }

    /// <summary>The address that messages come from.</summary>
    public string? From { get; set; }

    /// <summary>Protection of the connection.</summary>
    public SmtpSecurity Security { get; set; }

    /// <summary>Development only: where messages are written as <c>*.eml</c> files.</summary>
    public string? Folder { get; set; }
}
