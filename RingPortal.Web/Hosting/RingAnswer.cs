using System.Globalization;
using System.Text;

namespace RingPortal.Web.Hosting;

/// <summary>The JSON that Ring's backend gets from us: never a redirect, never a page, never cached.</summary>
internal sealed class RingAnswer(int statusCode, string json, int? retryAfterSeconds = null) : IResult
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(json);
    private readonly string? _retryAfter = retryAfterSeconds?.ToString(CultureInfo.InvariantCulture);

    public static RingAnswer Ok { get; } = Status("ok");

    public static RingAnswer TooLarge { get; } = Error(StatusCodes.Status413PayloadTooLarge, "too_large");

    public int StatusCode => statusCode;

    public static RingAnswer Status(string status) => new(StatusCodes.Status200OK, $$"""{"status":"{{status}}"}""");

    public static RingAnswer Error(int code, string error) => new(code, $$"""{"status":"error","error":"{{error}}"}""");

    public static RingAnswer Unavailable(int retryAfterSeconds) =>
        new(StatusCodes.Status503ServiceUnavailable, """{"status":"error","error":"unavailable"}""", retryAfterSeconds);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = statusCode;
        response.ContentType = "application/json";
        response.ContentLength = _body.Length;
        response.Headers.CacheControl = "no-store";
        if (_retryAfter is not null)
        {
            response.Headers.RetryAfter = _retryAfter;
        }

        return response.Body.WriteAsync(_body, httpContext.RequestAborted).AsTask();
    }
}
