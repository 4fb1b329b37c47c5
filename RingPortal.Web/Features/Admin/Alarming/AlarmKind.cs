using RingPortal.Data.Admin;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>What the portal knows of one cause of alarms.</summary>
/// <param name="Cause">The alarm's key, or the part of it before what it is about.</param>
/// <param name="Level">How soon a human is needed, unless whoever raises it knows better.</param>
/// <param name="Href">The page with the rows behind it.</param>
public sealed record AlarmKind(string Cause, AlarmLevel Level, string Href)
{
    /// <summary>Settled after this time without a repeat; null when somebody looks whether the cause is gone.</summary>
    public TimeSpan? Quiet { get; init; }

    /// <summary>The setting that holds the limit, with its name in the environment; null when the limit is fixed.</summary>
    public string? Setting { get; init; }

    /// <summary>One of many of which another alarm tells the number: kept, but neither shown nor sent.</summary>
    public bool IsPartOfAnother { get; init; }

    /// <summary>Whether an alarm of this key has this cause.</summary>
    public bool Covers(string key) => key == Cause || (key.StartsWith(Cause, StringComparison.Ordinal) && key[Cause.Length] == '.');
}
