using RingPortal.Data.Account;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Web.Account;

/// <summary>Where somebody goes after signing in when they were not on their way anywhere.</summary>
internal static class LandingPlace
{
    public const string ForConsumer = "/devices";

    public static string For(IEnumerable<string> roles)
    {
        var held = roles.ToHashSet();
        return held.Contains(PortalRoles.Admin) || held.Contains(PortalRoles.Support) ? AdminPages.Menu[0].Entries[0].Href : ForConsumer;
    }
}
