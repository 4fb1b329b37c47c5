using Microsoft.AspNetCore.Components;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Media.Album;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Media.Pages;

public sealed partial class CameraSchedule
{
    private bool isHourly;
    private bool isBusy;
    private TimeOnly at;
    private int hours = 4;
    private string zone = "UTC";
    private int days;
    private string? error;
    private string? said;
    private bool isFilled;

    /// <summary>The camera.</summary>
    [Parameter, EditorRequired]
    public required CameraDetails Camera { get; set; }

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public AlbumSchedule? View { get; set; }

    [Inject]
    private AlbumQueries Queries { get; set; } = null!;

    [Inject]
    private AlbumSchedules Schedules { get; set; } = null!;

    [Inject]
    private TimeProvider Now { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    protected override bool IsLoaded => View is not null;

    protected override string? TimeZone => Camera.TimeZone;

    private IReadOnlyList<string> Zones => TimeZones.All.Contains(zone) ? TimeZones.All : [zone, .. TimeZones.All];

    private string Next => View?.NextSlot is { } next
        ? Texts.Format("album.form.next", ("Time", AlbumWords.When(next, Now.GetUtcNow(), TimeZones.OrUtc(View.Choice.TimeZone), Texts)))
        : Texts["album.form.none"];

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        Fill();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        View = await Queries.ScheduleAsync(UserId, Camera.Id, cancellationToken);
        Fill();
    }

    /// <summary>Once: what the reader is typing is not overwritten by news.</summary>
    private void Fill()
    {
        if (View is null || isFilled)
        {
            return;
        }

        isFilled = true;
        var choice = View.Choice;
        (isHourly, at, hours, zone, days) = (choice.EveryHours is not null, choice.At, choice.EveryHours ?? hours, choice.TimeZone, choice.KeepDays);
    }

    private async Task SaveAsync()
    {
        if (isBusy || View is null)
        {
            return;
        }

        (error, said) = (days < 1 || days > View.MostDays ? Texts.Format("album.form.days", ("n", View.MostDays)) : null, null);
        if (error is not null)
        {
            return;
        }

        isBusy = true;
        var next = await Schedules.SaveAsync(UserId, Camera.Id, new AlbumChoice(at, isHourly ? hours : null, zone, days), Left);
        isBusy = false;
        said = next is null ? null : Texts["album.form.saved"];
        await ReadAsync();
    }

    private async Task TurnOffAsync()
    {
        await Schedules.TurnOffAsync(UserId, Camera.Id, Left);
        said = Texts["album.form.offdone"];
        await ReadAsync();
    }
}
