using System.Globalization;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>Installed programs of one PostgreSQL version.</summary>
internal sealed record PostgresBinaries(string Folder, int MajorVersion)
{
    public string Server => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>
    /// Finds the programs for a cluster: those of the version that wrote its data, the newest ones for a new cluster.
    /// </summary>
    /// <exception cref="StartUpException">Nothing suitable is installed.</exception>
    public static async Task<PostgresBinaries> FindAsync(string? configured, EmbeddedFolder folder, CancellationToken cancellationToken)
    {
        List<PostgresBinaries> found = [];
        foreach (var candidate in Candidates(configured).Distinct().Where(HasPrograms))
        {
            if (await VersionAsync(candidate, cancellationToken) is { } version)
            {
                found.Add(new PostgresBinaries(candidate, version));
            }
        }

        if (found.Count == 0)
        {
            throw new StartUpException(configured is null
                ? "No PostgreSQL server programs were found. Install them (Debian, Ubuntu: apt-get install postgresql), or set ConnectionStrings__Portal to a PostgreSQL of your own."
                : $"The folder {configured} holds no PostgreSQL server programs (postgres, initdb). Correct Embedded__BinDir, or install PostgreSQL (Debian, Ubuntu: apt-get install postgresql).");
        }

        if (!folder.HasData)
        {
            return found[0];
        }

        var written = (await File.ReadAllTextAsync(folder.VersionFile, cancellationToken)).Trim();
        return found.FirstOrDefault(binaries => binaries.MajorVersion.ToString(CultureInfo.InvariantCulture) == written)
            ?? throw new StartUpException($"The data in {folder.Data} was written by PostgreSQL {written}, but only version {string.Join(", ", found.Select(binaries => binaries.MajorVersion).Distinct())} is installed. Install that version (Debian, Ubuntu: apt-get install postgresql-{written}), or name another folder with Embedded__DataPath.");
    }

    private static IEnumerable<string> Candidates(string? configured)
    {
        if (configured is not null)
        {
            return [configured];
        }

        // Debian keeps versions side by side here, and leaves all but the client programs out of PATH.
        const string debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(debian)
            ? Directory.GetDirectories(debian)
                .OrderByDescending(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
            : [];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool HasPrograms(string folder) => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"));

    private static async Task<int?> VersionAsync(string folder, CancellationToken cancellationToken)
    {
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        var answer = await SystemCommand.RunAsync(Path.Combine(folder, "postgres"), ["--version"], null, cancellationToken);
        var number = answer.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(2) ?? "";
        return answer.ExitCode == 0 && int.TryParse(string.Concat(number.TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}
