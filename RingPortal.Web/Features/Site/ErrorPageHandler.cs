using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Site;

/// <summary>
/// Writes the exception to the log with the reference that the reader sees, then answers. A database that is away fails many
/// requests at once and in the same way: one line each, for what matters is told by its code, not by where we were.
/// </summary>
internal sealed partial class ErrorPageHandler(ILogger<ErrorPageHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        if (status >= StatusCodes.Status500InternalServerError)
            Tell(exception, ErrorReference.Of(httpContext), httpContext.Request.Method);
        httpContext.Response.StatusCode = status;
        await ErrorPages.WriteAsync(httpContext);
        return true;
    }

    private void Tell(Exception exception, string reference, string method)
    {
        if (DatabaseTrouble.IsPassing(exception))
            Log.DatabaseAway(logger, method, reference, Reason(exception));
        else
            Log.Failed(logger, exception, reference, method);
    }

    private static string Reason(Exception exception) => exception.GetBaseException() switch
    {
        PostgresException refused => refused.SqlState,
        var other => other.GetType().Name,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Method} request failed, reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string reference, string method);

        [LoggerMessage(2, LogLevel.Error, "A {Method} request failed for the database ({Reason}), reference {Reference}")]
        public static partial void DatabaseAway(ILogger logger, string method, string reference, string reason);
    }
}
