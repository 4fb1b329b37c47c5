namespace RingPortal.Web.Features.Notifications;

/// <summary>A message ready to be sent to one person.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">The message as plain text.</param>
/// <param name="Html">The same as simple HTML.</param>
/// <param name="Unsubscribe">Where one click ends messages of this kind; null where they cannot be ended.</param>
public sealed record MailMessage(string To, string Subject, string Text, string Html, Uri? Unsubscribe = null);
