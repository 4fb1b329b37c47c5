using Microsoft.AspNetCore.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Devices.Pages;

public sealed partial class CameraPage
{
    /// <summary>Time to read that the camera is gone, before the reader is brought back to the others.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(6);

    private bool isGone;
    private Guid shown;

    /// <summary>Our own id of the camera.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public CameraDetails? View { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    [Inject]
    private DeviceQueries Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    protected override bool IsLoaded => View is not null;

    protected override string? TimeZone => View?.TimeZone;

    private CameraTab Section => CameraTabs.Read(Tab);

    protected override async Task OnInitializedAsync()
    {
        shown = Id;
        await base.OnInitializedAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown != Id)
        {
            // A toast leads from one camera to another; the page stays the same object.
            (shown, isGone, View) = (Id, false, null);
            await ReadAsync();
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var found = isGone ? null : await Queries.CameraAsync(UserId, Id, cancellationToken);
        if (found is not null)
        {
            View = found;
        }
        else if (View is null)
        {
            // Not there, not shared any more, or somebody else's: one answer for all.
            Navigation.NotFound();
        }
        else if (!isGone)
        {
            isGone = true;
            _ = LeaveAsync(Id);
        }
    }

    /// <summary>Beside the readings: meanwhile a toast may lead to another camera, whose page must neither wait for this nor be left by it.</summary>
    private async Task LeaveAsync(Guid gone)
    {
        try
        {
            await PauseAsync(s_farewell);
            if (isGone && shown == gone)
            {
                Navigation.NavigateTo("/devices", replace: true);
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }
}
