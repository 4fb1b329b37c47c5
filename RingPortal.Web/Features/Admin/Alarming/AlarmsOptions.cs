namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>Section <c>Alarms</c>: where operators hear of alarms beside the pages.</summary>
public sealed class AlarmsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Alarms";

    /// <summary>Where alarms are mailed to; nowhere without it.</summary>
    public string? Email { get; set; }

    /// <summary>Where alarms are posted to as JSON; nowhere without it. HTTPS, or HTTP to this machine.</summary>
    public Uri? WebhookUrl { get; set; }
}
