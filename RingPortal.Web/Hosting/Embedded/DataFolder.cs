namespace RingPortal.Web.Hosting.Embedded;

/// <summary>Where the portal keeps what it makes for itself in Development: the cluster, its keys.</summary>
public static class DataFolder
{
    /// <summary>Setting that names the folder.</summary>
    public const string Setting = "Embedded:DataPath";

    private const string Name = "ringportal";

    /// <summary>The configured folder, else <c>/var/lib/ringportal</c> for root and the XDG data folder for everybody else.</summary>
    public static string From(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } configured ? Path.GetFullPath(configured) : Default();

    // PostgreSQL does not run as root, and the account it runs as instead cannot look into /root.
    private static string Default() => Environment.IsPrivilegedProcess
        ? Path.Combine("/var/lib", Name)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), Name);
}
