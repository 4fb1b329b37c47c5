using RingPortal.Data.Account;

namespace RingPortal.Web.Account;

/// <summary>Where somebody goes after signing in when they were not on their way anywhere.</summary>
internal static class LandingPlace
{
    public const string ForConsumer = "/devices";

    public static string For(IEnumerable<string> roles)
    {
        var held = roles.ToHashSet();
        return held.Contains(PortalRoles.Admin) ? "/admin/hangfire" : held.Contains(PortalRoles.Support) ? "/Account" : ForConsumer;
    }
}
