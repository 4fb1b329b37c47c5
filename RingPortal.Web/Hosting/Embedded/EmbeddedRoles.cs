using Npgsql;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>The portal's two roles and its database in an embedded cluster, as a production database has them.</summary>
public static class EmbeddedRoles
{
    /// <summary>Owns the database and its schema; used by migrations only.</summary>
    public const string Migrator = "ringportal_migrator";

    /// <summary>Reads and writes rows; may not change the schema.</summary>
    public const string Portal = "ringportal_app";

    /// <summary>The portal's database.</summary>
    public const string Database = "ringportal";

    /// <summary>Makes roles and database where they are missing; safe to repeat after a start that was cut short.</summary>
    public static async Task EnsureAsync(EmbeddedPostgres cluster, string database, CancellationToken cancellationToken)
    {
        await using (var source = NpgsqlDataSource.Create(cluster.ConnectionString("postgres", EmbeddedPostgres.Superuser)))
        {
            foreach (var role in new[] { Migrator, Portal })
            {
                await CreateUnlessPresentAsync(source, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, $"CREATE ROLE {role} LOGIN", cancellationToken);
            }

            await CreateUnlessPresentAsync(source, "SELECT 1 FROM pg_database WHERE datname = $1", database, $"CREATE DATABASE {database} OWNER {Migrator}", cancellationToken);
        }

        await using var inside = NpgsqlDataSource.Create(cluster.ConnectionString(database, EmbeddedPostgres.Superuser));
        // Before version 15 everybody may create tables in public, and the owner of the database does not own it.
        await using var command = inside.CreateCommand($"REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT ALL ON SCHEMA public TO {Migrator}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CreateUnlessPresentAsync(NpgsqlDataSource source, string question, string name, string creation, CancellationToken cancellationToken)
    {
        await using var ask = source.CreateCommand(question);
        ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        if (await ask.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = source.CreateCommand(creation);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
