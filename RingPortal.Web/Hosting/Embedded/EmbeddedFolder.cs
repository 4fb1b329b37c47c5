using System.Runtime.Versioning;
using System.Text;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>The folder of one embedded cluster and the names in it.</summary>
internal sealed class EmbeddedFolder(string root)
{
    /// <summary>Socket addresses end at 107 bytes on Linux; PostgreSQL appends a lock file's ending of its own.</summary>
    private const int LongestSocketPath = 100;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string MarkerName = "ringportal-cluster";

    private const string LockName = "lock";

    private const string HolderName = "lock.pid";

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public string Data => Path.Combine(Root, "data");

    /// <summary>Where a cluster is made; it becomes <see cref="Data"/> by one rename, so that is whole or not there.</summary>
    public string UnfinishedData => Path.Combine(Root, "data.new");

    public string Lock => Path.Combine(Root, LockName);

    /// <summary>Process id of the portal that holds the lock, for people. The lock itself cannot be read while it is held.</summary>
    public string Holder => Path.Combine(Root, HolderName);

    public string Log => Path.Combine(Root, "postgres.log");

    public string Marker => Path.Combine(Root, MarkerName);

    /// <summary>The marker as a process sees it whose working folder is <see cref="Data"/>, under whatever name it knows it.</summary>
    public static string MarkerSeenFrom(int processId) => $"/proc/{processId}/cwd/../{MarkerName}";

    public string ServerPidFile => Path.Combine(Data, "postmaster.pid");

    public string VersionFile => Path.Combine(Data, "PG_VERSION");

    public bool HasData => File.Exists(VersionFile);

    /// <summary>Refuses a folder that cannot serve, before anything in it is touched.</summary>
    /// <exception cref="StartUpException">The path is too long or has characters that PostgreSQL reads otherwise, or the folder is not ours.</exception>
    public void Check()
    {
        var length = Encoding.UTF8.GetByteCount(Path.Combine(Root, ".s.PGSQL.5432"));
        if (length >= LongestSocketPath)
        {
            throw new StartUpException($"The data folder {Root} has a path that is too long for a socket ({length} bytes, fewer than {LongestSocketPath} are needed). Name a shorter one with Embedded__DataPath.");
        }

        if (Root.AsSpan().ContainsAny(",\"'\\;"))
        {
            throw new StartUpException($"The data folder {Root} has a comma, quote, semicolon or backslash in its path. Name another one with Embedded__DataPath.");
        }

        // A portal that is making the folder right now has written its lock and not yet its marker.
        if (Directory.Exists(Root) && !File.Exists(Marker) && Directory.EnumerateFileSystemEntries(Root).Any(entry => Path.GetFileName(entry) is not (LockName or HolderName)))
        {
            throw new StartUpException($"The folder {Root} holds files that RingPortal did not make, so nothing in it was touched. Empty it, or name another folder with Embedded__DataPath.");
        }
    }

    /// <summary>Makes the folder, for its owner only. The folder above stays open to be passed through.</summary>
    [SupportedOSPlatform("linux")]
    public void Create()
    {
        var parent = Path.GetDirectoryName(Root)!;
        if (!Directory.Exists(parent))
        {
            Directory.CreateDirectory(parent);
            File.SetUnixFileMode(parent, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        Directory.CreateDirectory(Root, OwnerOnly);
    }

    /// <summary>Marks the folder as ours with an id that tells its processes from those of other clusters. Needs the lock.</summary>
    public string Mark()
    {
        if (!File.Exists(Marker))
        {
            var unfinished = Marker + ".new";
            File.WriteAllText(unfinished, $"RingPortal keeps a private PostgreSQL cluster here: {Guid.CreateVersion7()}\n");
            File.Move(unfinished, Marker);
        }

        return File.ReadAllText(Marker);
    }
}
