namespace RingPortal.Benchmarks.Rig;

/// <summary>Where the sources are: the published portal and the baselines are made from them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "RingPortal.sln")) ? folder.FullName
        : folder.Parent is { } parent ? Find(parent)
        : throw new InvalidOperationException("The benchmarks of webhooks run inside the repository.");
}
