using System.Collections.Frozen;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Ring's motion classes (contract 5.7.1); a class that nobody knows is plain motion.</summary>
internal static class MotionClass
{
    public const string Human = "human";
    public const string Motion = "motion";
    private static readonly FrozenSet<string> s_known = new[] { Motion, Human, "vehicle", "animal", "package", "other_motion" }.ToFrozenSet();

    public static string Of(string? subType) => subType is not null && s_known.Contains(subType) ? subType : Motion;
}
