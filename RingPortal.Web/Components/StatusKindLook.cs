namespace RingPortal.Web.Components;

/// <summary>How a state looks: its class suffix and its usual icon.</summary>
internal static class StatusKindLook
{
    public static string Css(this StatusKind kind) => kind switch
    {
        StatusKind.Success => "success",
        StatusKind.Warning => "warning",
        StatusKind.Error => "error",
        StatusKind.Info => "info",
        _ => "neutral",
    };

    public static string Icon(this StatusKind kind) => kind switch
    {
        StatusKind.Success => "CheckCircle",
        StatusKind.Warning => "Schedule",
        StatusKind.Error => "Error",
        StatusKind.Info => "Info",
        _ => "HelpOutline",
    };
}
