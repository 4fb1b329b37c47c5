using System.Globalization;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>A Ring account with its cameras, as events name them.</summary>
internal sealed record Household(string AccountId, IReadOnlyList<string> DeviceIds)
{
    /// <summary>Its name in the simulator.</summary>
    public string Key => AccountId[(AccountId.LastIndexOf('.') + 1)..];

    /// <summary>Accounts with ids that tell their number; linked or not is another matter (<see cref="ProofSeed"/>).</summary>
    public static IReadOnlyList<Household> Make(int count, int devices, string prefix = "PROOF") =>
    [
        .. Enumerable.Range(1, count).Select(number => new Household(
            string.Create(CultureInfo.InvariantCulture, $"ava1.ring.account.{prefix}{number:00000}"),
            [.. Enumerable.Range(1, devices).Select(device => string.Create(CultureInfo.InvariantCulture, $"ava1.ring.device.{prefix}{number:00000}C{device:00}"))])),
    ];
}
