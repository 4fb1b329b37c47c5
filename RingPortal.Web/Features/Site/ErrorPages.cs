namespace RingPortal.Web.Features.Site;

/// <summary>Gives people a page instead of a bare status, and machines a bare status instead of a page.</summary>
internal static class ErrorPages
{
    private static readonly PathString[] Machines =
        ["/api", "/media", "/ring/token", "/ring/webhook", "/health", "/metrics", "/_blazor"];

    /// <summary>What pages' own scripts ask reads ProblemDetails.</summary>
    private static readonly PathString[] Scripts = ["/api", "/media"];

    /// <summary>Registers what logs an exception with its reference.</summary>
    public static IServiceCollection AddErrorPages(this IServiceCollection services) =>
        services.AddExceptionHandler<ErrorPageHandler>();

    public static IApplicationBuilder Use(IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteAsync });
        return app.UseStatusCodePages(context => WriteAsync(context.HttpContext));
    }

    internal static async Task WriteAsync(HttpContext context)
    {
        if (IsForMachines(context.Request.Path))
        {
            if (context.Response.StatusCode == StatusCodes.Status500InternalServerError)
                await WriteFailureAsync(context);
            return;
        }

        // The failed page may have used up the services of its scope, which can be set up only once.
        var original = context.RequestServices;
        await using var scope = original.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await ErrorPageContent.For(context).ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = original;
        }
    }

    private static Task WriteFailureAsync(HttpContext context)
    {
        var reference = ErrorReference.Of(context);
        return Scripts.Any(script => context.Request.Path.StartsWithSegments(script))
            ? TypedResults.Problem(statusCode: StatusCodes.Status500InternalServerError, extensions: [new("code", "internal_error"), new("reference", reference)]).ExecuteAsync(context)
            : context.Response.WriteAsJsonAsync(new { error = "internal_error", reference });
    }

    internal static bool IsForMachines(PathString path) => Machines.Any(machine => path.StartsWithSegments(machine));
}
