using Microsoft.AspNetCore.Components;
using RingPortal.Web.Features.Events;

namespace RingPortal.Web.Features.Devices.Pages;

public sealed partial class CameraToday
{
    private TimelineWindow window = null!;

    /// <summary>The camera.</summary>
    [Parameter, EditorRequired]
    public Guid Camera { get; set; }

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public TimelineView? Day { get; set; }

    /// <summary>The zone whose day it is.</summary>
    [CascadingParameter]
    public TimeZoneInfo Place { get; set; } = TimeZoneInfo.Utc;

    [Inject]
    private EventQueries Events { get; set; } = null!;

    [Inject]
    private TimeProvider Now { get; set; } = null!;

    protected override bool IsLoaded => Day is not null;

    protected override string? TimeZone => Place.Id;

    private TimelineFilter Today => new([Camera], [], LocalDay.Of(Now.GetUtcNow(), Place));

    protected override Task OnInitializedAsync()
    {
        window = new TimelineWindow(Events);
        if (Day is not null)
        {
            window.Restore(Day, Today);
        }

        return base.OnInitializedAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await window.LoadAsync(UserId, Today, cancellationToken);
        Day = window.View;
    }

    private async Task ShowNewerAsync()
    {
        window.Forget();
        await ReadAsync();
    }
}
