namespace RingPortal.Web.Features.Devices.Pages;

/// <summary>The sections of a camera's page; their names in small letters stand in the address.</summary>
public enum CameraTab
{
    /// <summary>Watch it now.</summary>
    Live,

    /// <summary>What it saw.</summary>
    Events,

    /// <summary>Pictures that were kept.</summary>
    Pictures,

    /// <summary>When pictures are kept.</summary>
    Schedule,

    /// <summary>What it is and how it is set up.</summary>
    Details,
}

/// <summary>How sections are named in addresses and on the page.</summary>
internal static class CameraTabs
{
    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<CameraTab> All { get; } = Enum.GetValues<CameraTab>();

    /// <summary>What an address names; everything else shows the camera live.</summary>
    public static CameraTab Read(string? name) => All.FirstOrDefault(tab => string.Equals(Name(tab), name, StringComparison.Ordinal));

    public static string Name(CameraTab tab) => tab.ToString().ToLowerInvariant();

    public static string TextKey(CameraTab tab) => tab switch
    {
        CameraTab.Events => "site.events",
        CameraTab.Details => "dev.details",
        _ => $"dev.tab.{Name(tab)}",
    };
}
