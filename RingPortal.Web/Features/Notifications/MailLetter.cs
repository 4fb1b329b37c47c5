namespace RingPortal.Web.Features.Notifications;

/// <summary>The parts of which every message consists, before they become text and HTML.</summary>
/// <param name="Subject">The subject line, also the heading.</param>
/// <param name="Body">What happened.</param>
/// <param name="Action">The words on the one button.</param>
/// <param name="Address">Where the button leads.</param>
/// <param name="Note">What else to know, below the button.</param>
/// <param name="Ways">Other places to go, after the note.</param>
internal sealed record MailLetter(string Subject, string Body, string Action, Uri Address, string Note, params IReadOnlyList<MailWay> Ways)
{
    /// <summary>Why the reader gets it, where they have no account any more; there are no settings then. Null for everybody else.</summary>
    public string? Why { get; init; }
}

/// <summary>Another place to go from a message.</summary>
/// <param name="Text">The words.</param>
/// <param name="Address">Where they lead.</param>
internal sealed record MailWay(string Text, Uri Address);
