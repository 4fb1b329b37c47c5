namespace RingPortal.Data.Account;

/// <summary>The roles of staff. Staff accounts cannot link a Ring account and never see cameras.</summary>
public static class PortalRoles
{
    /// <summary>Sees everything an operator may see, and may act.</summary>
    public const string Admin = "Admin";

    /// <summary>Sees what an operator may see and changes nothing.</summary>
    public const string Support = "Support";
}
