using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// Where the programs lie that proofs run: the folder that <c>eng/prove</c> and <c>test.sh</c> published to
/// (<c>RINGPORTAL_PUBLISHED</c>), else what was built beside these tests.
/// </summary>
internal static class ProofPrograms
{
    private static readonly string? s_published = Environment.GetEnvironmentVariable("RINGPORTAL_PUBLISHED");

    /// <summary>The folder a portal runs in, and its program.</summary>
    public static (string Folder, string Program) Portal { get; } = Find("portal", "RingPortal.Web");

    /// <summary>
    /// The portal as it was before the newest migration; <c>eng/prove J8</c> publishes it from the history
    /// (<c>RINGPORTAL_PUBLISHED_BEFORE</c>).
    /// </summary>
    /// <exception cref="InvalidOperationException">It was not published.</exception>
    public static (string Folder, string Program) Before
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("RINGPORTAL_PUBLISHED_BEFORE");
            return folder is { Length: > 0 }
                ? (Path.Combine(folder, "portal"), Path.Combine(folder, "portal", "RingPortal.Web.dll"))
                : throw new InvalidOperationException("RINGPORTAL_PUBLISHED_BEFORE names no folder; run this proof by eng/prove.");
        }
    }

    public static (string Folder, string Program) Simulator { get; } = Find("simulator", "RingPortal.Simulator");

    private static (string, string) Find(string name, string project)
    {
        if (s_published is { Length: > 0 })
        {
            var folder = Path.Combine(s_published, name);
            return (folder, Path.Combine(folder, $"{project}.dll"));
        }

        var here = Path.GetRelativePath(Path.Combine(Repository.Root, "RingPortal.Tests"), AppContext.BaseDirectory);
        return (Path.Combine(Repository.Root, project), Path.Combine(Repository.Root, project, here, $"{project}.dll"));
    }
}
