using System.Globalization;

namespace RingPortal.Web.Features.Admin.Minutes;

/// <summary>How this instance is called in figures, and the disk that it works on.</summary>
internal sealed class InstanceName(IWebHostEnvironment environment)
{
    private const int Longest = 60;

    /// <summary>Machine and process.</summary>
    public string Value { get; } = Cut(string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName.ToLowerInvariant()}:{Environment.ProcessId}"));

    /// <summary>Free bytes of the disk that holds the portal; where the database lives on the same host, it is usually the database's too.</summary>
    public long FreeBytes() => new DriveInfo(environment.ContentRootPath).AvailableFreeSpace;

    private static string Cut(string name) => name.Length > Longest ? name[^Longest..] : name;
}
