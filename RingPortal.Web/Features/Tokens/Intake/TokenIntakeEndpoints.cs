using System.Diagnostics;
using RingPortal.Web.Features.Arrivals;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>The Token Exchange URL (contract 2.1): store the code, answer, then exchange.</summary>
internal static partial class TokenIntakeEndpoints
{
    public const string Path = "/ring/token";
    private const int MaxBody = 16 * 1024;
    private static readonly TimeSpan s_storeDeadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_readDeadline = TimeSpan.FromSeconds(3);

    public static void MapTokenIntake(this IEndpointRouteBuilder routes) =>
        routes.MapRingPost(Path, ReceiveAsync);

    private static async Task<IResult> ReceiveAsync(
        HttpContext http, PortalReadiness readiness, IServiceProvider services, ArrivalLog arrivals, PortalMetrics metrics, ILogger<TokenIntake> logger)
    {
        var started = Stopwatch.GetTimestamp();
        var (answer, verdict, reason) = await DecideAsync(http, readiness, services, logger);
        arrivals.Record(http, "token", verdict, reason, answer.StatusCode, started);
        metrics.CodeReceived(verdict);
        return answer;
    }

    private static async Task<(RingAnswer Answer, string Verdict, string? Reason)> DecideAsync(
        HttpContext http, PortalReadiness readiness, IServiceProvider services, ILogger logger)
    {
        if (readiness.Problem is { } problem)
        {
            return (RingAnswer.Unavailable(5), "unavailable", problem);
        }

        using var body = await LimitedBody.ReadAsync(http.Request, MaxBody, s_readDeadline, http.RequestAborted);
        if (body is LimitedBody.TooLarge)
        {
            return (RingAnswer.TooLarge, "too_large", null);
        }

        if (body is not LimitedBody.Complete { Bytes: var bytes })
        {
            return (RingAnswer.Unavailable(5), "unreadable", "the body was cut or too slow");
        }

        LogSignature(http, bytes, services, logger);
        var contentType = http.Request.ContentType;
        Log.Received(logger, contentType?.Split(';')[0] ?? "none", string.Join(", ", CodeReader.FieldNames(contentType, bytes)));
        return CodeReader.Read(contentType, bytes, http.Request.Query) switch
        {
            CodeReading.Found found => await StoreAsync(http, services, found, logger),
            CodeReading.Missing missing => (RingAnswer.Error(StatusCodes.Status400BadRequest, "missing_code"), "missing_code", missing.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<(RingAnswer, string, string?)> StoreAsync(HttpContext http, IServiceProvider services, CodeReading.Found found, ILogger logger)
    {
        try
        {
            // An outer deadline: a frozen database does not honour its own time limits.
            var isNew = await services.GetRequiredService<TokenIntake>()
                .StoreAsync(found, SourceNetwork.Of(http.Connection.RemoteIpAddress), http.RequestAborted)
                .WaitAsync(s_storeDeadline, http.RequestAborted);
            // Ring's answer to us may be what activates the code, so the exchange starts when ours is out.
            var signal = services.GetRequiredService<TokenExchangeSignal>();
            http.Response.OnCompleted(() =>
            {
                signal.Wake();
                return Task.CompletedTask;
            });
            return (RingAnswer.Ok, isNew ? "accepted" : "repeated", null);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.NotStored(logger, exception);
            return (RingAnswer.Unavailable(5), "not_stored", exception.GetType().Name);
        }
    }

    private static void LogSignature(HttpContext http, ReadOnlyMemory<byte> body, IServiceProvider services, ILogger logger)
    {
        var header = http.Request.Headers["X-Signature"];
        if (header.Count > 0)
        {
            Log.Signed(logger, services.GetRequiredService<RingWebhookSignature>().Verify(header, body.Span));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Token exchange call: media type {MediaType}, fields {Fields}")]
        public static partial void Received(ILogger logger, string mediaType, string fields);

        [LoggerMessage(2, LogLevel.Information, "Token exchange call carried a signature: {Verdict}")]
        public static partial void Signed(ILogger logger, SignatureVerdict verdict);

        [LoggerMessage(3, LogLevel.Error, "A code could not be stored; Ring was told to try again")]
        public static partial void NotStored(ILogger logger, Exception exception);
    }
}
