using Microsoft.AspNetCore.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Devices.Pages;

public sealed partial class CamerasPage
{
    /// <summary>How long a card takes to fold away.</summary>
    private static readonly TimeSpan s_fold = TimeSpan.FromMilliseconds(180);

    private readonly CameraOrder _order = new();
    private IReadOnlySet<Guid> leaving = new HashSet<Guid>();

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public CamerasView? View { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    private string? Look { get; set; }

    [Inject]
    private DeviceQueries Queries { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    protected override bool IsLoaded => View is not null;

    protected override bool IsWaiting => View is null or { IsWaiting: true };

    protected override string? TimeZone => View?.TimeZone;

    private bool IsWall => Look == "wall";

    private string? Summary => View?.Cameras.Count() switch
    {
        null or 0 => null,
        { } count when View.Offline == 0 => Texts.Format("dev.count", ("n", count)),
        { } count => Texts.Format("dev.count.offline", ("n", count), ("m", View.Offline)),
    };

    protected override async Task OnInitializedAsync()
    {
        if (View is not null)
        {
            View = _order.Keep(View);
        }

        await base.OnInitializedAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var next = _order.Keep(await Queries.CamerasAsync(UserId, cancellationToken));
        var gone = (View?.Cameras ?? []).Select(camera => camera.Id).Except(next.Cameras.Select(camera => camera.Id)).ToHashSet();
        if (gone.Count > 0 && RendererInfo.IsInteractive)
        {
            leaving = gone;
            StateHasChanged();
            await PauseAsync(s_fold);
        }

        (View, leaving) = (next, new HashSet<Guid>());
    }
}
