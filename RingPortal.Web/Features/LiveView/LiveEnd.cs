using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.LiveView;

/// <summary>Why live views end, in the words of rows, the audit trail and the page's script.</summary>
internal static class LiveEnd
{
    /// <summary>The person stopped it.</summary>
    public const string Stopped = "stopped";

    /// <summary>The page was left, hidden or closed.</summary>
    public const string Left = "left";

    /// <summary>The next one at the same camera begins.</summary>
    public const string Again = "again";

    /// <summary>The person watches it on another screen now.</summary>
    public const string TakenOver = "taken-over";

    /// <summary>The person began a third one.</summary>
    public const string Third = "third";

    public const string SignedOut = "signed-out";

    public const string Offline = "offline";

    public const string Removed = "removed";

    public const string NoPlan = "plan";

    /// <summary>Ring's limit.</summary>
    public const string Limit = "limit";

    /// <summary>The picture stopped by itself, for good.</summary>
    public const string Lost = "lost";

    /// <summary>The picture stopped, and the page tries again.</summary>
    public const string Dropped = "dropped";

    /// <summary>Its page said nothing any more.</summary>
    public const string Silent = "silent";

    /// <summary>The portal that opened it stops.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>Ring did not open it.</summary>
    public const string Failed = "failed";

    private static readonly string[] s_ofPages = [Stopped, Left, Again, Limit, Lost, Dropped];

    /// <summary>What a page may say of its own end; anything else counts as left.</summary>
    public static string OfPage(string? told) => Array.IndexOf(s_ofPages, told) >= 0 ? told! : Left;

    public static AuditActor Actor(string reason) => reason switch
    {
        Offline or Removed or NoPlan => AuditActor.Ring,
        Stopped or Left or Again or TakenOver or Third or SignedOut => AuditActor.Person,
        _ => AuditActor.Portal,
    };
}
