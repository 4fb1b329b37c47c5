using RingPortal.Data.Admin;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>What a look at one cause came to.</summary>
/// <param name="Key">The alarm's key.</param>
/// <param name="Words">What is wrong; null when nothing is.</param>
/// <param name="Level">How soon a human is needed.</param>
public sealed record AlarmFinding(string Key, AlarmWords? Words, AlarmLevel Level = AlarmLevel.Warning)
{
    /// <summary>What to say when this settles an alarm; null for the plain "resolved by itself".</summary>
    public string? Settled { get; init; }

    /// <summary>Nothing is wrong.</summary>
    public static AlarmFinding Fine(string key, string? settled = null) => new(key, null) { Settled = settled };
}
