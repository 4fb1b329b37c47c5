namespace RingPortal.Simulator.Accounts;

/// <summary>The people who are there at the first start.</summary>
internal static class DemoAccounts
{
    public static IReadOnlyList<RingAccount> All { get; } =
    [
        Person("mara", "DEMOALPHA0001", "Mara", "Quill",
            Device("DEMOFRONTDOOR01", "Front Door", DeviceModel.Doorbell, "CA"),
            Device("DEMOBACKYARD02", "Backyard", DeviceModel.BatteryCamera, "CA"),
            Device("DEMODRIVEWAY03", "Driveway", DeviceModel.Camera4K, "CA") with { Components = ["1", "2"] },
            Device("DEMOGARAGE04", "Garage", DeviceModel.BatteryCamera, "CA") with { Online = false }),
        Person("devon", "DEMOBRAVO0002", "Devon", "Ash",
            Device("DEMOPORCH05", "Porch", DeviceModel.Doorbell, "OR"),
            Device("DEMOWORKSHOP06", "Workshop", DeviceModel.Camera4K, "OR")),
        Person("priya", "DEMOCHARLIE0003", "Priya", "Nair",
            Device("DEMOBALCONY07", "Balcony", DeviceModel.BatteryCamera, null) with { Country = "CA", Region = "BC" },
            Device("DEMOHALLWAY08", "Hallway & stairs", DeviceModel.PlainCamera, null) with { Country = "CA", Region = "BC", Online = false }),
        Person("tomas", "DEMODELTA0004", "Tomas", "Reed",
            Device("DEMOSHED09", "Garden shed", DeviceModel.BatteryCamera, "NY") with { Shared = false }) with { Phone = null },
    ];

    private static RingAccount Person(string key, string tail, string first, string last, params RingDevice[] devices) => new()
    {
        Key = key,
        AccountId = $"ava1.ring.account.{tail}",
        FirstName = first,
        LastName = last,
        Email = $"{key}.{last.ToLowerInvariant()}@example.com",
        Phone = $"+1555010{tail[^1]}",
        Devices = devices,
    };

    private static RingDevice Device(string tail, string name, DeviceModel model, string? region) =>
        new() { Id = $"ava1.ring.device.{tail}", Name = name, Model = model, Region = region };
}
