using System.Diagnostics;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>How the server of one cluster is started.</summary>
internal sealed record ServerStart(EmbeddedFolder Folder, PostgresBinaries Binaries, SystemAccount? Account, bool Fast)
{
    /// <summary>
    /// Runs the server and watches the pipe that is its standard input. When the portal ends, in whatever way, the kernel
    /// closes the other end, <c>cat</c> returns and the server gets the signal for a fast shutdown.
    /// </summary>
    private const string Guard = """
        exec 3<&0; log=$1; shift
        "$@" </dev/null >>"$log" 2>&1 3<&- & server=$!
        (cat <&3 >/dev/null 2>&1; kill -INT $server 2>/dev/null) & watch=$!
        exec 3<&-
        wait $server; code=$?
        kill $watch 2>/dev/null
        exit $code
        """;

    private static readonly string[] s_fast =
    [
        "fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "max_connections=200",
        "checkpoint_timeout=1h", "max_wal_size=4GB", "jit=off", "shared_buffers=256MB", "autovacuum_naptime=10min",
    ];

    /// <summary>Starts the guard with the server as its child; <c>setsid</c> keeps a terminal's Ctrl-C away from both.</summary>
    public Process Run()
    {
        string[] settings = ["listen_addresses=", $"unix_socket_directories=\"{Folder.Root}\"", "unix_socket_permissions=0700", .. Fast ? s_fast : []];
        string[] arguments =
        [
            "-w", "/bin/sh", "-c", Guard, "postgres-guard", Folder.Log, Binaries.Server, "-D", Folder.Data,
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        var start = SystemCommand.StartInfo("setsid", arguments, Account);
        start.RedirectStandardInput = true;
        return SystemCommand.Start(start);
    }
}
