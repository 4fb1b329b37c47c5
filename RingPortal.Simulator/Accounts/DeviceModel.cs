namespace RingPortal.Simulator.Accounts;

/// <summary>The kinds of devices that the cloud can play; the kind decides the capabilities and settings.</summary>
public enum DeviceModel
{
    /// <summary>Wired doorbell, 1536 lines.</summary>
    Doorbell,

    /// <summary>Battery camera, 1080 lines, motion detection off.</summary>
    BatteryCamera,

    /// <summary>Wired 4K camera with HEVC, motion zones and a privacy zone.</summary>
    Camera4K,

    /// <summary>An old camera that tells nothing but its video.</summary>
    PlainCamera,
}
