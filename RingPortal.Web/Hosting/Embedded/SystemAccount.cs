using System.Globalization;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>An account of the operating system.</summary>
internal sealed record SystemAccount(string Name, uint UserId, uint GroupId)
{
    private const string Fallback = "nobody";

    /// <summary>The account PostgreSQL has to run as; null when it can run as the portal's own.</summary>
    public static async Task<SystemAccount?> ForServerAsync(string wanted, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        return await FindAsync(wanted, cancellationToken)
            ?? await FindAsync(Fallback, cancellationToken)
            ?? throw new StartUpException($"PostgreSQL refuses to run as root, and neither the account {wanted} nor {Fallback} exists. Run the portal as an ordinary user, or add the account {wanted}.");
    }

    /// <summary>Looks an account up wherever the system keeps its accounts, not in a file only.</summary>
    public static async Task<SystemAccount?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await SystemCommand.RunAsync("getent", ["passwd", name], null, cancellationToken);
        var fields = answer.Output.Trim().Split(':');
        return answer.ExitCode == 0 && fields.Length > 3
            ? new SystemAccount(fields[0], uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture))
            : null;
    }
}
