using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>Makes the data of a new cluster, once.</summary>
internal static class ClusterMaker
{
    public static async Task EnsureAsync(EmbeddedFolder folder, PostgresBinaries binaries, SystemAccount? account, bool fast, CancellationToken cancellationToken)
    {
        if (account is not null)
        {
            OperatingSystemCalls.GiveTo(folder.Root, account);
        }

        await CheckAccessAsync(folder, account, cancellationToken);
        if (folder.HasData)
        {
            return;
        }

        // What is here without a version file was left by a crash in the middle of its making.
        Remove(folder.Data);
        Remove(folder.UnfinishedData);
        // Trust is what peer would be: only the owner of the folder reaches the socket, and the roles have no passwords.
        List<string> arguments = ["-D", folder.UnfinishedData, "-U", EmbeddedPostgres.Superuser, "--auth=trust", "--encoding=UTF8", "--locale=C"];
        if (fast)
        {
            arguments.Add("--no-sync");
        }

        var answer = await SystemCommand.RunAsync(binaries.InitDb, arguments, account, cancellationToken);
        if (answer.ExitCode != 0)
        {
            throw new StartUpException($"PostgreSQL could not make its data in {folder.Root} ({answer.Said}). Mend that, or name another folder with Embedded__DataPath.");
        }

        Directory.Move(folder.UnfinishedData, folder.Data);
    }

    private static async Task CheckAccessAsync(EmbeddedFolder folder, SystemAccount? account, CancellationToken cancellationToken)
    {
        const string script = """cd "$1" && if [ -d data ]; then test -O data; fi""";
        var answer = await SystemCommand.RunAsync("/bin/sh", ["-c", script, "check", folder.Root], account, cancellationToken);
        if (answer.ExitCode == 0)
        {
            return;
        }

        var name = account?.Name ?? Environment.UserName;
        throw new StartUpException(answer.Errors.Length > 0
            ? $"The account {name}, which runs PostgreSQL, cannot reach the folder {folder.Root} because a folder above it is closed. Name another one with Embedded__DataPath."
            : $"The data in {folder.Data} belongs to another account than {name}. Start the portal as the account that made it, or name another folder with Embedded__DataPath.");
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
