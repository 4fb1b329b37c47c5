using Npgsql;

namespace RingPortal.Web.Features.Teardown;

/// <summary>What operators read of a failure: kind and short reason, nothing of what was being worked on.</summary>
internal static class TeardownErrors
{
    private const int Longest = 300;

    /// <summary>Messages of PostgreSQL name tables and rights, never rows: details are off. Others may quote what they were given.</summary>
    public static string Describe(Exception exception)
    {
        var root = exception;
        while (root is not PostgresException && root.InnerException is { } inner)
        {
            root = inner;
        }

        var text = root is PostgresException refused ? $"{refused.SqlState} {refused.MessageText}" : root.GetType().Name;
        return text.Length <= Longest ? text : text[..Longest];
    }
}
