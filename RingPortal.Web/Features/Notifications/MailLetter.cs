namespace RingPortal.Web.Features.Notifications;

/// <summary>The parts of which every message consists, before they become text and HTML.</summary>
/// <param name="Subject">The subject line, also the heading.</param>
/// <param name="Body">What happened.</param>
/// <param name="Action">The words on the one button.</param>
/// <param name="Address">Where the button leads.</param>
/// <param name="Note">What else to know, below the button.</param>
internal sealed record MailLetter(string Subject, string Body, string Action, Uri Address, string Note);
