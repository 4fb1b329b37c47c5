namespace RingPortal.Web.Hosting.Telemetry;

/// <summary>What Prometheus reads; on the operators' address alone.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    public static void MapMetrics(this WebApplication app)
    {
        var management = app.Services.GetRequiredService<ManagementAddress>();
        if (!management.IsMapped)
        {
            return;
        }

        // Their instruments exist as soon as they do.
        app.Services.GetRequiredService<InstanceGauges>();
        app.MapPrometheusScrapingEndpoint(Path, meterProvider: null, scraping => scraping.Use(next => async http =>
        {
            if (management.Reached(http) && HttpMethods.IsGet(http.Request.Method))
            {
                await next(http);
            }
            else
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        }), optionsName: null).AllowAnonymous();
    }
}
