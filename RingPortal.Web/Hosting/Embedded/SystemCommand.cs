using System.ComponentModel;
using System.Diagnostics;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>A short command of the operating system, run to its end.</summary>
internal static class SystemCommand
{
    public sealed record Answer(int ExitCode, string Output, string Errors)
    {
        /// <summary>What the command said, on one line.</summary>
        public string Said => string.Join(' ', $"{Errors} {Output}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <param name="file">Program, by path or by name.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="account">Account to run as; null for the portal's own.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="StartUpException">The program is not there.</exception>
    public static async Task<Answer> RunAsync(string file, IEnumerable<string> arguments, SystemAccount? account, CancellationToken cancellationToken)
    {
        var start = StartInfo(file, arguments, account);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Start(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Answer(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>How a program of the cluster is started: from a folder every account can read, with messages in English.</summary>
    public static ProcessStartInfo StartInfo(string file, IEnumerable<string> arguments, SystemAccount? account)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C";
        if (account is not null)
        {
            // The runtime sets user, group and supplementary groups in the child before it runs the program.
            start.UserName = account.Name;
        }

        return start;
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new StartUpException($"The program {start.FileName} could not be run ({missing.Message}). The embedded PostgreSQL needs it; install it, or set ConnectionStrings__Portal to a PostgreSQL of your own.", missing);
        }
    }
}
