namespace RingPortal.Web.Ring;

/// <summary>Ring's event types (contract 5.7).</summary>
public static class RingEventTypes
{
    /// <summary>Something moved inside a motion zone.</summary>
    public const string MotionDetected = "motion_detected";

    /// <summary>Somebody pressed the doorbell.</summary>
    public const string ButtonPress = "button_press";

    /// <summary>A camera is shared.</summary>
    public const string DeviceAdded = "device_added";

    /// <summary>A camera is no longer shared.</summary>
    public const string DeviceRemoved = "device_removed";

    /// <summary>A camera is reachable again.</summary>
    public const string DeviceOnline = "device_online";

    /// <summary>A camera is not reachable.</summary>
    public const string DeviceOffline = "device_offline";

    /// <summary>Ring finished the linking.</summary>
    public const string IntegrationAdded = "app_integration_added";

    /// <summary>The Ring user removed the app; the tokens are revoked.</summary>
    public const string IntegrationRemoved = "app_integration_removed";

    /// <summary>A plan or trial began, was renewed or resumed.</summary>
    public const string SubscriptionActivated = "subscription_activated";

    /// <summary>A plan or trial gives no access any more.</summary>
    public const string SubscriptionDeactivated = "subscription_deactivated";
}
