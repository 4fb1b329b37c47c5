using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Media.Album;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Media.Pages;

public sealed partial class CameraPictures
{
    private readonly List<AlbumEntry> older = [];
    private bool isAtEnd;
    private string? said;

    /// <summary>The camera.</summary>
    [Parameter, EditorRequired]
    public required CameraDetails Camera { get; set; }

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public AlbumView? View { get; set; }

    [Inject]
    private AlbumQueries Queries { get; set; } = null!;

    [Inject]
    private AlbumSchedules Schedules { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Now { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    protected override bool IsLoaded => View is not null;

    protected override string? TimeZone => Camera.TimeZone;

    private string Empty => View?.NextSlot is { } next
        ? Texts.Format("album.empty.next", ("Time", AlbumWords.When(next, Now.GetUtcNow(), Zone, Texts)))
        : Texts["album.empty.body"];

    /// <summary>The picture that the address names; a section that comes and goes cannot be given it by the page.</summary>
    private AlbumEntry? Open =>
        QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query).TryGetValue("picture", out var named) && Guid.TryParse(named, out var id)
            ? View?.Entries.FirstOrDefault(entry => entry.Id == id && entry.HasPicture)
            : null;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var newest = await Queries.AlbumAsync(UserId, Camera.Id, before: null, cancellationToken) ?? new AlbumView([], HasOlder: false, NextSlot: null);
        var known = newest.Entries.Select(entry => entry.Id).ToHashSet();
        View = older.Count == 0 ? newest : newest with { Entries = [.. newest.Entries, .. older.Where(entry => !known.Contains(entry.Id))], HasOlder = !isAtEnd };
    }

    private async Task ShowOlderAsync()
    {
        if (View is not { Entries: [.., var last] } || await Queries.AlbumAsync(UserId, Camera.Id, last.Slot, Left) is not { } more)
        {
            return;
        }

        older.AddRange(more.Entries);
        isAtEnd = !more.HasOlder;
        View = View with { Entries = [.. View.Entries, .. more.Entries], HasOlder = more.HasOlder };
    }

    private async Task DeleteAsync(AlbumEntry entry)
    {
        var next = Neighbour(1) ?? Neighbour(-1);
        await Schedules.DeleteAsync(UserId, entry.Id, Left);
        older.RemoveAll(one => one.Id == entry.Id);
        said = Texts["album.deleted"];
        Navigation.NavigateTo(Address(next?.Id), replace: true);
        await ReadAsync();
    }

    private AlbumEntry? Neighbour(int step)
    {
        var pictures = View!.Entries.Where(entry => entry.HasPicture).ToList();
        var place = pictures.FindIndex(entry => entry.Id == Open?.Id) + step;
        return Open is not null && place >= 0 && place < pictures.Count ? pictures[place] : null;
    }

    private string Address(Guid? picture) => picture is { } id ? $"/devices/{Camera.Id}?tab=pictures&picture={id}" : $"/devices/{Camera.Id}?tab=pictures";

    private DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).Date);
}
