using Microsoft.AspNetCore.Components;

namespace RingPortal.Web.Features.Linking.Pages;

/// <summary>What both pages of step 3 are given.</summary>
public abstract class LinkProgressPageBase : ComponentBase
{
    [Parameter, EditorRequired]
    public LinkProgressView View { get; set; } = null!;

    [Parameter]
    public bool IsLate { get; set; }
}
