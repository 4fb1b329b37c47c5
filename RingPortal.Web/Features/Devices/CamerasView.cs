using System.Text.Json.Serialization;
using RingPortal.Web.Features.Events;

namespace RingPortal.Web.Features.Devices;

/// <summary>The cameras of one person, by Ring account.</summary>
/// <param name="Homes">Linked Ring accounts in the order of their connection.</param>
/// <param name="TimeZone">IANA zone of the reader; null until known.</param>
public sealed record CamerasView(IReadOnlyList<CameraHome> Homes, string? TimeZone)
{
    /// <summary>All cameras of all accounts.</summary>
    [JsonIgnore]
    public IEnumerable<CameraCard> Cameras => Homes.SelectMany(home => home.Cameras);

    /// <summary>How many are known to be offline.</summary>
    [JsonIgnore]
    public int Offline => Cameras.Count(camera => camera.Status.Online is false);

    /// <summary>The account that has been silent for longest, if any is.</summary>
    [JsonIgnore]
    public CameraNews? Silence => Homes.Select(home => home.News).Where(news => news.SilentSince is not null).MinBy(news => news.SilentSince);

    /// <summary>Whether some account's cameras have never been listed and Ring has not failed to do so either.</summary>
    [JsonIgnore]
    public bool IsWaiting => Homes.Any(home => home.IsWaiting);
}

/// <summary>One linked Ring account.</summary>
/// <param name="Id">The link.</param>
/// <param name="MaskedAccount">What people see of the account.</param>
/// <param name="News">How old what we know is.</param>
/// <param name="Cameras">What it shares.</param>
public sealed record CameraHome(Guid Id, string? MaskedAccount, CameraNews News, IReadOnlyList<CameraCard> Cameras)
{
    /// <summary>Whether its cameras have never been listed and Ring has not failed to do so either.</summary>
    [JsonIgnore]
    public bool IsWaiting => Cameras.Count == 0 && News is { ListedAt: null, SilentSince: null, NeedsPerson: false };
}

/// <summary>How old the news of an account are.</summary>
/// <param name="ListedAt">When Ring last listed its cameras.</param>
/// <param name="SilentSince">Since when Ring does not answer; null while it does, and when only the person can help.</param>
/// <param name="NeedsPerson">Whether Ring waits for the person to connect again.</param>
public sealed record CameraNews(DateTimeOffset? ListedAt, DateTimeOffset? SilentSince, bool NeedsPerson = false);

/// <summary>A camera on the overview.</summary>
/// <param name="Id">Our own id, the one in the address.</param>
/// <param name="Name">As the person named it in the Ring app.</param>
/// <param name="Status">Online or not.</param>
/// <param name="Latest">What happened there last; null when nothing did.</param>
/// <param name="NeedsPlan">Whether it is shown without its services, because no active plan names it.</param>
/// <param name="HasNoPicture">Whether it is known that there is no picture now.</param>
public sealed record CameraCard(Guid Id, string Name, CameraStatus Status, TimelineEntry? Latest = null, bool NeedsPlan = false, bool HasNoPicture = false);

/// <summary>A camera by name.</summary>
/// <param name="Id">Our own id, the one in the address.</param>
/// <param name="Name">As the person named it in the Ring app.</param>
/// <param name="NeedsPlan">Whether what it saw is not shown, because no active plan names it.</param>
public sealed record CameraName(Guid Id, string Name, bool NeedsPlan = false);
