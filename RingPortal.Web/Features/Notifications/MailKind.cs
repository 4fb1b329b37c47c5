namespace RingPortal.Web.Features.Notifications;

/// <summary>What a message is about; stored with it after its text is gone.</summary>
public static class MailKind
{
    /// <summary>Asks to confirm an e-mail.</summary>
    public const string Confirm = "confirm";

    /// <summary>Leads to the choice of a new password.</summary>
    public const string Reset = "reset";

    /// <summary>Tells that a Ring account was connected, with the way to undo it.</summary>
    public const string Connected = "connected";

    /// <summary>Tells that a Ring account must be connected again.</summary>
    public const string Reconnect = "reconnect";

    /// <summary>Tells what a camera saw.</summary>
    public const string Digest = "digest";

    /// <summary>Tells that a Ring account is no longer connected.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>Tells the contact of a review that somebody came for the first time.</summary>
    public const string Review = "review";

    /// <summary>Tells that the account is deleted; the last message to its address.</summary>
    public const string Erased = "erased";

    /// <summary>Tells operators of an alarm, or that it is settled.</summary>
    public const string Alarm = "alarm";
}
