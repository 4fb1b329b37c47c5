using Microsoft.AspNetCore.Authorization;
using RingPortal.Data.Account;

namespace RingPortal.Web.Account.Staff;

/// <summary>Who may open what of the operator's desk.</summary>
public static class StaffPolicies
{
    /// <summary>Admin or Support, signed in with a second factor: sees everything of the desk.</summary>
    public const string Look = "staff-look";

    /// <summary>Admin whose second factor was given at most 15 minutes ago: changes something.</summary>
    public const string Act = "staff-act";

    internal static void AddStaffPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, SecondFactorHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Look, policy => policy.RequireRole(PortalRoles.Admin, PortalRoles.Support).AddRequirements(new SecondFactorRequirement(MayAct: false)))
            .AddPolicy(Act, policy => policy.RequireRole(PortalRoles.Admin).AddRequirements(new SecondFactorRequirement(MayAct: true)));
    }
}
