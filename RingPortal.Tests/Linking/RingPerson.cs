using RingPortal.Simulator.Accounts;

namespace RingPortal.Tests.Linking;

/// <summary>A Ring user of one test.</summary>
public sealed record RingPerson(RingAccount Account)
{
    public string Key => Account.Key;

    public string AccountId => Account.AccountId;

    public IReadOnlyCollection<string> DeviceIds => [.. Account.Devices.Select(device => device.Id)];

    public static RingPerson New(int devices = 2)
    {
        var tail = Guid.NewGuid().ToString("N")[..12].ToUpperInvariant();
        return new RingPerson(new RingAccount
        {
            Key = $"key-{tail}",
            AccountId = $"ava1.ring.account.{tail}",
            FirstName = "Nora",
            LastName = "Vale",
            Email = $"nora.vale.{tail}@example.com",
            Devices =
            [
                .. Enumerable.Range(1, devices).Select(number => new RingDevice
                {
                    Id = $"ava1.ring.device.{tail}{number:00}",
                    Name = $"Camera {number}",
                    Model = number % 2 == 1 ? DeviceModel.Doorbell : DeviceModel.Camera4K,
                    Region = "CA",
                }),
            ],
        });
    }
}
