namespace RingPortal.Web.Hosting;

/// <summary>The JSON that Ring's backend gets from us: never a redirect, never a page, never cached.</summary>
internal sealed record RingAnswer(int StatusCode, string Json, int? RetryAfterSeconds = null) : IResult
{
    public static RingAnswer Ok { get; } = Status("ok");

    public static RingAnswer TooLarge { get; } = Error(StatusCodes.Status413PayloadTooLarge, "too_large");

    public static RingAnswer Status(string status) => new(StatusCodes.Status200OK, $$"""{"status":"{{status}}"}""");

    public static RingAnswer Error(int code, string error) => new(code, $$"""{"status":"error","error":"{{error}}"}""");

    public static RingAnswer Unavailable(int retryAfterSeconds) =>
        new(StatusCodes.Status503ServiceUnavailable, """{"status":"error","error":"unavailable"}""", retryAfterSeconds);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCode;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await response.WriteAsync(Json, httpContext.RequestAborted);
    }
}
