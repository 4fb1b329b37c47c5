using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>
/// Whether PostgreSQL answers a commit only when it is written. Ring is told that an event is safe after the commit and
/// never sends it again, so a database that loses commits in a crash is refused.
/// </summary>
internal static class CommitSafety
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    // The settings of this very connection: a role or a database may have their own.
    private const string Sql =
        """
        SELECT name, setting, source, current_user::text, current_database()::text FROM pg_settings
        WHERE (name = 'synchronous_commit' OR name = 'fsync') AND setting = 'off' ORDER BY name DESC
        """;

    /// <summary>What is wrong and the step that mends it; null when commits are safe.</summary>
    /// <param name="source">The pool that stores deliveries.</param>
    /// <param name="isDevelopment">Whether <c>fsync</c> may be off, as on throw-away clusters.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="TimeoutException">The database did not answer.</exception>
    public static Task<string?> FindProblemAsync(NpgsqlDataSource source, bool isDevelopment, CancellationToken cancellationToken) =>
        AskAsync(source, isDevelopment, cancellationToken).WaitAsync(s_patience, cancellationToken);

    private static async Task<string?> AskAsync(NpgsqlDataSource source, bool isDevelopment, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetString(0) is "synchronous_commit")
            {
                return $"PostgreSQL confirms commits before they are written (synchronous_commit is off), so a crash would lose events that Ring never sends again. {Step(reader.GetString(2), reader.GetString(3), reader.GetString(4))}, then start the portal again.";
            }

            if (!isDevelopment)
            {
                return "PostgreSQL does not write commits to its disk (fsync is off), so a crash of its machine would lose everything. Set fsync = on in postgresql.conf and restart PostgreSQL, then start the portal again.";
            }
        }

        return null;
    }

    private static string Step(string source, string role, string database) => source switch
    {
        "user" => $"As the database's administrator run: ALTER ROLE \"{role}\" RESET synchronous_commit",
        "database" => $"As the database's administrator run: ALTER DATABASE \"{database}\" RESET synchronous_commit",
        "database user" => $"As the database's administrator run: ALTER ROLE \"{role}\" IN DATABASE \"{database}\" RESET synchronous_commit",
        _ => "As the database's administrator run: ALTER SYSTEM SET synchronous_commit = 'on'; SELECT pg_reload_conf()",
    };
}
