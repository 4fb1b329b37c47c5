using Microsoft.AspNetCore.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Devices.Pages;

public sealed partial class CameraPage
{
    /// <summary>Our own id of the camera.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public CameraDetails? View { get; set; }

    [Inject]
    private DeviceQueries Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    protected override bool IsLoaded => View is not null;

    protected override string? TimeZone => View?.TimeZone;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        View = await Queries.CameraAsync(UserId, Id, cancellationToken);
        if (View is null)
        {
            // Not there, not shared any more, or somebody else's: one answer for all.
            Navigation.NotFound();
        }
    }
}
