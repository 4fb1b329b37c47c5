using System.Security.Cryptography;
using System.Text;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary>Writes devices the way Ring does.</summary>
internal static class DeviceWriter
{
    public const string Status = "status", Capabilities = "capabilities", Location = "location", Configurations = "configurations";

    public static readonly string[] Parts = [Status, Capabilities, Location, Configurations];

    public static DeviceResource Resource(RingDevice device) => new(
        "devices",
        device.Id,
        new(device.Name),
        new(Link(device, Status), Link(device, Capabilities), Link(device, Configurations), Link(device, Location)));

    public static RelatedResource Related(RingDevice device, string part)
    {
        var id = Identity(device, part);
        return new(id.Type, id.Id, part switch
        {
            Status => new StatusAttributes(device.Online),
            Capabilities => DeviceTraits.Capabilities(device.Model),
            Location => new LocationAttributes(device.Country, device.Region),
            _ => DeviceTraits.Configurations(device.Model),
        });
    }

    private static Relationship Link(RingDevice device, string part) =>
        new(Identity(device, part), new($"/v1/devices/{Uri.EscapeDataString(device.Id)}/{part}"));

    private static ResourceId Identity(RingDevice device, string part) => part switch
    {
        Status => new("device-status", $"ava1.ring.device.status.{device.Tail}"),
        Capabilities => new("device-capabilities", $"ava1.ring.device.capabilities.{device.Tail}"),
        Location => new("locations", new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{device.Country}/{device.Region}"))[..16]).ToString()),
        _ => new("device-configurations", $"ava1.ring.device.configurations.{device.Tail}"),
    };
}
