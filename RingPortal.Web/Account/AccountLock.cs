namespace RingPortal.Web.Account;

/// <summary>
/// Tells the lock that staff puts on an account from the quarter of an hour after wrong passwords: it has no end, and neither a
/// right password nor a reset takes it away.
/// </summary>
internal static class AccountLock
{
    /// <summary>The end of a lock that staff put on.</summary>
    public static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether staff locked the account.</summary>
    public static bool IsByStaff(DateTimeOffset? lockoutEnd) => lockoutEnd >= Never;
}
