using Microsoft.AspNetCore.Authorization;
using RingPortal.Data.Account;

namespace RingPortal.Web.Features.Devices;

/// <summary>Who may see cameras: people with an account, never staff.</summary>
public static class CameraViewers
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "CameraViewers";

    internal static void Build(AuthorizationPolicyBuilder policy) => policy
        .RequireAuthenticatedUser()
        .RequireAssertion(context => !context.User.IsInRole(PortalRoles.Admin) && !context.User.IsInRole(PortalRoles.Support));
}
