using Microsoft.Extensions.Options;
using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>Section <c>ConnectionStrings</c>: where the data is.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "ConnectionStrings";

    /// <summary>The portal's own role: rows, not schema.</summary>
    public string? Portal { get; set; }

    /// <summary>The role that owns the schema; <see cref="Portal"/> without it.</summary>
    public string? Migrator { get; set; }
}

internal sealed class DatabaseOptionsValidator(IHostEnvironment environment) : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Portal) && !environment.IsDevelopment())
        {
            failures.Add("ConnectionStrings__Portal is not set: it is the address of the PostgreSQL database.");
        }

        Check("ConnectionStrings__Portal", options.Portal, failures);
        Check("ConnectionStrings__Migrator", options.Migrator, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(string key, string? text, List<string> failures)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(text) && string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host))
            {
                failures.Add($"{key} names no Host.");
            }
        }
        catch (ArgumentException)
        {
            // The text may hold a password, so it is not repeated.
            failures.Add($"{key} is not a PostgreSQL connection string like Host=db;Database=ringportal;Username=ringportal_app;Password=...");
        }
    }
}
