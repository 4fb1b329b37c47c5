using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Sections;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Tests.Look;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Tests.Admin.Ui;

/// <summary>Renders operators' pages for an administrator, with the part of the shell that shows their title and age.</summary>
public abstract class AdminUiContext : LookContext
{
    protected AdminUiContext()
    {
        Services.AddSingleton<AssetAddresses>().AddScoped<AdminScript>();
        AddAuthorization().SetAuthorized("operator@example.org")
            .SetRoles(PortalRoles.Admin)
            .SetClaims(new Claim(ClaimTypes.NameIdentifier, Guid.CreateVersion7().ToString()));
    }

    /// <summary>The page with its head, as the shell shows it.</summary>
    internal IRenderedComponent<TPage> RenderPage<TPage>(Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        Head = Render<SectionOutlet>(outlet => outlet.Add(p => p.SectionName, AdminFrame.Head));
        return Render(parameters ?? (_ => { }));
    }

    /// <summary>What stands in the top line.</summary>
    internal IRenderedComponent<SectionOutlet> Head { get; private set; } = null!;
}
