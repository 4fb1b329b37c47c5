using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace RingPortal.Web.Account.Staff;

/// <summary>Where somebody of the staff goes who may open a page of the desk, but lacks a factor for it.</summary>
internal static class StaffWay
{
    public const string Enrolment = "/Account/TwoFactor";
    public const string StepUp = "/Account/StepUp";

    private static readonly PathString s_desk = new("/admin");

    /// <summary>The page that asks for what is missing and leads back; null when that would not help.</summary>
    public static string? To(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        var policies = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToList() ?? [];
        return To(http.User, policies, $"{request.PathBase}{request.Path}{request.QueryString}");
    }

    /// <inheritdoc cref="To(HttpContext)" />
    /// <param name="person">Who stands there.</param>
    /// <param name="address">The page within the portal, beginning with a slash.</param>
    public static string? To(ClaimsPrincipal person, string address) =>
        new PathString(address.Split('?', '#')[0]).StartsWithSegments(s_desk, StringComparison.OrdinalIgnoreCase) ? To(person, [StaffPolicies.Look], address) : null;

    private static string? To(ClaimsPrincipal person, List<string?> policies, string address) => StaffMember.Of(person) switch
    {
        null => null,
        { SecondFactorAt: null } when policies.Contains(StaffPolicies.Look) || policies.Contains(StaffPolicies.Act) => With(Enrolment, address),
        { IsAdmin: true, SecondFactorAt: not null } when policies.Contains(StaffPolicies.Act) => With(StepUp, address),
        _ => null,
    };

    private static string With(string page, string address) => $"{page}?returnUrl={Uri.EscapeDataString(address)}";
}
