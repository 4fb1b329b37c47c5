using System.Diagnostics;

namespace RingPortal.Web.Hosting;

/// <summary>The portal's spans.</summary>
public static class PortalActivity
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "RingPortal";

    /// <summary>Where spans are started.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}
