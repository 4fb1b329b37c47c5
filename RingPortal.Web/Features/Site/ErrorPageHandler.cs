using Microsoft.AspNetCore.Diagnostics;

namespace RingPortal.Web.Features.Site;

/// <summary>Writes the exception to the log with the reference that the reader sees, then answers.</summary>
internal sealed partial class ErrorPageHandler(ILogger<ErrorPageHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        if (status >= StatusCodes.Status500InternalServerError)
            Log.Failed(logger, exception, ErrorReference.Of(httpContext), httpContext.Request.Method);
        httpContext.Response.StatusCode = status;
        await ErrorPages.WriteAsync(httpContext);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Method} request failed, reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string reference, string method);
    }
}
