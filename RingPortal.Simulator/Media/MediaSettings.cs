using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Media;

/// <summary>How pictures and clips answer, and what goes wrong with them on purpose.</summary>
public sealed record MediaSettings
{
    /// <summary>The status that leads to the media host: 303 of pictures by default. Clips are answered directly unless it is set.</summary>
    public int? RedirectStatus { get; init; }

    /// <summary>
    /// <c>Location</c> as it is written here, whatever it says; <c>{media}</c> and <c>{cloud}</c> stand for the addresses of the media
    /// host and of the cloud, <c>{ticket}</c> for the query that opens the file, <c>{device}</c> for the id.
    /// </summary>
    public string? RawLocation { get; init; }

    /// <summary>So many more redirects on the media host before the file comes.</summary>
    public int RedirectHops { get; init; }

    /// <summary>A redirected clip stays at the cloud, where the <c>POST</c> is to be repeated with <c>Authorization</c>.</summary>
    public bool RedirectSameHost { get; init; }

    /// <summary>Seconds for which a link opens its file, once.</summary>
    public int LinkSeconds { get; init; } = 60;

    /// <summary>Another <c>Content-Type</c> than the file's.</summary>
    public string? WrongContentType { get; init; }

    /// <summary>A web page with a script in place of the file, under the file's type.</summary>
    public bool WrongBytes { get; init; }

    /// <summary>Bytes that nobody can read, as of a device with end-to-end encryption.</summary>
    public bool Protected { get; init; }

    /// <summary>The file is filled up to so many bytes; a player still plays it.</summary>
    public long? Size { get; init; }

    /// <summary>No <c>Content-Length</c>.</summary>
    public bool WithoutLength { get; init; }

    /// <summary>The file takes so long to arrive.</summary>
    public TimeSpan Slow { get; init; }

    /// <summary>The connection breaks after so many bytes.</summary>
    public long? CutAfter { get; init; }

    /// <summary>A shortened clip tells its length as <c>X-Media-Duration</c>; otherwise as <c>X-Media-Length</c>.</summary>
    public bool DurationHeader { get; init; }

    /// <summary>Clips of live sessions are refused, as one integrator saw it.</summary>
    public bool RefuseOnDemandClips { get; init; }

    /// <summary>A recording can be asked for so long after its moment; earlier it is not ready.</summary>
    public TimeSpan NotReadyFor { get; init; }

    /// <summary>Minutes between two stored stills; 0 stores none.</summary>
    public double SnapshotMinutes { get; init; }

    internal static MediaSettings Of(RingCloudOptions options) => new() { SnapshotMinutes = options.SnapshotMinutes };

    /// <summary>What is wrong with these settings, a sentence each.</summary>
    internal IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Check(RedirectStatus is null or (>= 300 and <= 399), nameof(RedirectStatus), "must be from 300 to 399");
        Check(RawLocation is null || RawLocation.All(letter => letter is >= ' ' and <= '~'), nameof(RawLocation), "must be printable ASCII, as a header is");
        Check(RedirectHops is >= 0 and <= 100, nameof(RedirectHops), "must be from 0 to 100");
        Check(LinkSeconds > 0, nameof(LinkSeconds), "must be greater than 0");
        Check(Size is null or (> 0 and <= 4_000_000_000), nameof(Size), "must be from 1 to 4000000000");
        Check(Slow >= TimeSpan.Zero && Slow <= TimeSpan.FromMinutes(30), nameof(Slow), "must be from 0 to 30 minutes");
        Check(CutAfter is null or >= 0, nameof(CutAfter), "must not be negative");
        Check(NotReadyFor >= TimeSpan.Zero, nameof(NotReadyFor), "must not be negative");
        Check(SnapshotMinutes >= 0, nameof(SnapshotMinutes), "must not be negative");
        return problems;

        void Check(bool good, string name, string rule)
        {
            if (!good)
                problems.Add($"{name} {rule}.");
        }
    }
}
