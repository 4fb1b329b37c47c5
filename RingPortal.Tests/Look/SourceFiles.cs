namespace RingPortal.Tests.Look;

/// <summary>Files of the repository, for tests about habits.</summary>
internal static class SourceFiles
{
    private static readonly string Root = FindRoot();

    public static IEnumerable<string> OfProduct(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, "RingPortal.Web"), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RingPortal.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
