namespace RingPortal.Web.Hosting;

/// <summary>What is assumed where nothing is set. In Development enough to start; elsewhere only what is safe for everybody.</summary>
internal static class PortalDefaults
{
    public static void Apply(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 500;
        });
        if (configuration["Management:Urls"] is { Length: > 0 } management)
        {
            var urls = configuration["Urls"] ?? configuration["ASPNETCORE_URLS"] ?? "http://localhost:5180";
            builder.WebHost.UseUrls($"{urls};{management}");
        }
        else if (string.IsNullOrEmpty(configuration["Urls"]) && string.IsNullOrEmpty(configuration["Http_Ports"]))
        {
            builder.WebHost.UseUrls("http://localhost:5180");
        }

        if (builder.Environment.IsDevelopment() && string.IsNullOrEmpty(configuration["Portal:PublicUrl"]))
        {
            configuration["Portal:PublicUrl"] = "http://localhost:5180";
        }

        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat, json.IncludeScopes) = (true, "O", true));
        }

        NeverLogged.Apply(builder.Services);
        // Host shutdown must outlast Hangfire's, or its jobs are never told to stop.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
    }
}
