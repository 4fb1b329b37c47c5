
namespace RingPortal.Web.Hosting;

/// <summary>
/// Liveness touches nothing; readiness knows local facts only; dependencies are for operators and answer on the
/// management address alone (or in Development). Bodies carry no names and no versions.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        app.MapGet("/health/ready", (PortalReadiness readiness) => readiness.Problem is { } problem
            ? Results.Json(new { status = problem }, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { status = "ready" })).AllowAnonymous();
        var management = app.Services.GetRequiredService<ManagementAddress>();
        if (management.IsMapped)
        {
            app.MapGet("/health/deps", DependenciesAsync).AllowAnonymous()
                .AddEndpointFilter(async (context, next) => management.Reached(context.HttpContext) ? await next(context) : Results.NotFound());
        }
    }

    private static async Task<IResult> DependenciesAsync(PortalDataSources sources, CancellationToken cancellationToken)
    {
        var database = await AnswersAsync(sources, cancellationToken);
        return Results.Json(
            new { database = database ? "up" : "down" },
            statusCode: database ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> AnswersAsync(PortalDataSources sources, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = sources.Web.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
            return true;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            // The answer is the finding: down.
            return false;
        }
    }
}
