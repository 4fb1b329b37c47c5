using System.Globalization;

namespace RingPortal.Benchmarks.Rig;

/// <summary>A camera by our id and by Ring's.</summary>
internal sealed record Camera(Guid Id, string RingId);

/// <summary>A person with one Ring account that is linked here, and its cameras.</summary>
internal sealed record Household(Guid UserId, Guid LinkId, string AccountId, IReadOnlyList<Camera> Cameras)
{
    public string Email => $"{AccountId}@example.com";

    /// <summary>Households that differ by their numbers.</summary>
    public static IReadOnlyList<Household> Make(string prefix, int count, int cameras) =>
    [
        .. Enumerable.Range(1, count).Select(number => new Household(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            string.Create(CultureInfo.InvariantCulture, $"ava1.ring.account.{prefix}{number:00000}"),
            [.. Enumerable.Range(1, cameras).Select(camera => new Camera(Guid.CreateVersion7(), string.Create(CultureInfo.InvariantCulture, $"ava1.ring.device.{prefix}{number:00000}C{camera:00}")))])),
    ];
}
