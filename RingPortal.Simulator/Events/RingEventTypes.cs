namespace RingPortal.Simulator.Events;

/// <summary>The event types of contract 5.7.</summary>
public static class RingEventTypes
{
    /// <summary>Motion inside a configured zone.</summary>
    public const string MotionDetected = "motion_detected";

    /// <summary>The doorbell was pressed.</summary>
    public const string ButtonPress = "button_press";

    /// <summary>A device was shared, installed or permitted again.</summary>
    public const string DeviceAdded = "device_added";

    /// <summary>A device was taken out, deleted, or its permission revoked.</summary>
    public const string DeviceRemoved = "device_removed";

    /// <summary>A device is connected again.</summary>
    public const string DeviceOnline = "device_online";

    /// <summary>A device lost its connection.</summary>
    public const string DeviceOffline = "device_offline";

    /// <summary>The linking is finished.</summary>
    public const string AppIntegrationAdded = "app_integration_added";

    /// <summary>The user removed the app; the tokens are dead.</summary>
    public const string AppIntegrationRemoved = "app_integration_removed";

    /// <summary>A paid plan or a trial began, was renewed or resumed.</summary>
    public const string SubscriptionActivated = "subscription_activated";

    /// <summary>A plan or a trial ended.</summary>
    public const string SubscriptionDeactivated = "subscription_deactivated";

    /// <summary>One of the early-access types, which a partner does not know yet.</summary>
    public const string FloodDetected = "flood_detected";
}
