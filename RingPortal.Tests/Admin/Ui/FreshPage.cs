using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Tests.Admin.Ui;

/// <summary>A page that counts how often it was read.</summary>
internal sealed class FreshPage : AdminPageBase
{
    [Parameter]
    public Func<Task>? Reading { get; set; }

    public int Readings { get; private set; }

    public string Who => Staff.Email;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        Readings++;
        await (Reading?.Invoke() ?? Task.CompletedTask);
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<AdminFrame>(0);
        builder.AddComponentParameter(1, nameof(AdminFrame.Title), "Fresh");
        builder.AddComponentParameter(2, nameof(AdminFrame.Page), this);
        builder.AddComponentParameter(3, nameof(AdminFrame.ChildContent), (RenderFragment)(content => content.AddMarkupContent(0, $"<p class=\"content\">{Readings}</p>")));
        builder.CloseComponent();
    }
}
