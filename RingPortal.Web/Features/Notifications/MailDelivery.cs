namespace RingPortal.Web.Features.Notifications;

/// <summary>How handing a message over ended.</summary>
public abstract record MailDelivery
{
    private MailDelivery()
    {
    }

    /// <summary>The other side has it.</summary>
    public sealed record Accepted : MailDelivery;

    /// <summary>Not now; worth another try.</summary>
    /// <param name="Reason">A word or reply code for operators, without addresses.</param>
    public sealed record Deferred(string Reason) : MailDelivery;

    /// <summary>Never: the recipient's server will not take it.</summary>
    /// <param name="Reason">A word or reply code for operators, without addresses.</param>
    public sealed record Refused(string Reason) : MailDelivery;
}
