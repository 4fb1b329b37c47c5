namespace RingPortal.Web.Features.Tokens;

/// <summary>The folder that holds what a developer's portal makes for itself; the embedded database lives there too.</summary>
internal static class DevelopmentFolder
{
    /// <summary><c>Embedded__DataPath</c>; else <c>/var/lib/ringportal</c> for root and the XDG data folder for everybody else.</summary>
    public static string Of(IConfiguration configuration) =>
        configuration["Embedded:DataPath"] is { Length: > 0 } path ? Path.GetFullPath(path)
        : Environment.IsPrivilegedProcess ? "/var/lib/ringportal"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ringportal");
}
