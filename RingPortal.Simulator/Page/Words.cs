using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Page;

/// <summary>Names of states and operations as the page says them.</summary>
internal static partial class Words
{
    public static string Of(IntegrationStatus? status) => status switch
    {
        IntegrationStatus.Pending => "Waiting for sign-in",
        IntegrationStatus.Awaiting => "Confirmed, set-up unfinished",
        IntegrationStatus.Completed => "Connected",
        IntegrationStatus.Removed => "Removed",
        _ => "Not installed",
    };

    public static string Tone(IntegrationStatus? status) => status switch
    {
        IntegrationStatus.Completed => "good",
        IntegrationStatus.Pending or IntegrationStatus.Awaiting => "wait",
        _ => "none",
    };

    public static string Of(DeviceModel model) => model switch
    {
        DeviceModel.Doorbell => "Doorbell",
        DeviceModel.BatteryCamera => "Battery camera",
        DeviceModel.Camera4K => "4K HEVC camera, motion and privacy zones",
        _ => "Plain camera, 720 lines",
    };

    public static string Of(RingOperation operation) => operation switch
    {
        RingOperation.Any => "any call",
        RingOperation.Token => "token",
        RingOperation.UsersMe => "users/me",
        RingOperation.AppIntegrationsPost => "app-integrations POST",
        RingOperation.AppIntegrationsPatch => "app-integrations PATCH",
        RingOperation.Subscriptions => "subscriptions",
        RingOperation.LiveSessionCreate => "live session POST",
        RingOperation.LiveSessionDelete => "live session DELETE",
        RingOperation.ImageDownload => "picture, its link",
        RingOperation.ImageFetch => "picture, the file",
        RingOperation.ClipDownload => "clip",
        RingOperation.ClipFetch => "clip, the file",
        RingOperation.History => "event history",
        _ => "devices",
    };

    public static string Tone(RecordedCall call) => call switch
    {
        { Loud: true } or { Status: 0 or >= 500 } => "bad",
        { Status: >= 400 } => "wait",
        _ => "good",
    };
}
