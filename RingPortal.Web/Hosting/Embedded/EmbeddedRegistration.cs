namespace RingPortal.Web.Hosting.Embedded;

/// <summary>Registers the embedded database where the portal has none of its own.</summary>
public static class EmbeddedRegistration
{
    private const string PortalConnection = "ConnectionStrings:Portal";
    private const string MigratorConnection = "ConnectionStrings:Migrator";

    /// <summary>
    /// In Development without <c>ConnectionStrings__Portal</c>: registers an <see cref="EmbeddedDatabase"/> and sets both
    /// connection strings to it. It starts with the host, before all other services; whoever needs it earlier calls
    /// <see cref="EmbeddedDatabase.StartAsync"/>.
    /// </summary>
    /// <returns>Whether the embedded database is used.</returns>
    public static bool AddEmbeddedDatabase(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || !string.IsNullOrEmpty(builder.Configuration[PortalConnection]))
        {
            return false;
        }

        var binDir = builder.Configuration["Embedded:BinDir"];
        var database = new EmbeddedDatabase(DataFolder.From(builder.Configuration), string.IsNullOrEmpty(binDir) ? null : binDir);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [PortalConnection] = database.PortalConnectionString,
            [MigratorConnection] = database.MigratorConnectionString,
        });
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddHostedService<EmbeddedDatabaseService>();
        return true;
    }
}
