namespace RingPortal.Web.Features.Devices;

/// <summary>The cameras of one person, by Ring account.</summary>
/// <param name="Homes">Linked Ring accounts in the order of their connection.</param>
/// <param name="TimeZone">IANA zone of the reader; null until known.</param>
internal sealed record CamerasView(IReadOnlyList<CameraHome> Homes, string? TimeZone)
{
    public IEnumerable<CameraCard> Cameras => Homes.SelectMany(home => home.Cameras);

    public int Offline => Cameras.Count(camera => camera.Status.Online is false);

    /// <summary>Whether some account's cameras have never been listed and Ring has not failed to do so either.</summary>
    public bool IsWaiting => Homes.Any(home => home.IsWaiting);
}

/// <summary>One linked Ring account.</summary>
/// <param name="Id">The link.</param>
/// <param name="MaskedAccount">What people see of the account.</param>
/// <param name="News">How old what we know is.</param>
/// <param name="Cameras">What it shares.</param>
internal sealed record CameraHome(Guid Id, string? MaskedAccount, CameraNews News, IReadOnlyList<CameraCard> Cameras)
{
    public bool IsWaiting => Cameras.Count == 0 && News is { ListedAt: null, SilentSince: null };
}

/// <summary>How old the news of an account are.</summary>
/// <param name="ListedAt">When Ring last listed its cameras.</param>
/// <param name="SilentSince">Since when Ring does not answer; null while it does, and when only the person can help.</param>
internal sealed record CameraNews(DateTimeOffset? ListedAt, DateTimeOffset? SilentSince);

/// <summary>A camera on the overview.</summary>
internal sealed record CameraCard(Guid Id, string Name, CameraStatus Status);
