using System.Security.Claims;

namespace RingPortal.Web.Components;

/// <summary>A feature that may want to tell the signed-in user something on every page. The lowest order wins.</summary>
public interface IBannerSource
{
    /// <summary>10 connect again, 20 no plan, 30 confirm e-mail, 40 undo a connection.</summary>
    int Order { get; }

    /// <summary>The banner for this user now, or none.</summary>
    Task<Banner?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken);
}
