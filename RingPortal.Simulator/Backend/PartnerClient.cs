using System.Diagnostics;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Backend;

/// <summary>Ring's own HTTP client towards the partner: no proxy, no redirects; every call is in the ledger.</summary>
internal sealed partial class PartnerClient(CallLedger ledger, SimulatorClock clock, ILogger<PartnerClient> logger) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Limit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    { Timeout = Limit };

    /// <summary>Sends and tells the status; 0 when no answer came in five seconds.</summary>
    public async Task<int> SendAsync(HttpRequestMessage request, RingOperation operation, string account, string what, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (status, summary) = await AnswerAsync(request, what, cancellationToken);
        var call = ledger.Add(new RecordedCall(
            0, clock.GetUtcNow(), true, operation, account, request.Method.Method, request.RequestUri!.AbsolutePath, status, Stopwatch.GetElapsedTime(start), summary, false));
        Log.Call(logger, call.Method, call.Path, call.Status, call.Summary);
        return status;
    }

    public void Dispose() => http.Dispose();

    private async Task<(int Status, string Summary)> AnswerAsync(HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode, what);
        }
        catch (HttpRequestException noAnswer)
        {
            return (0, $"{what}: no answer ({noAnswer.HttpRequestError})");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, $"{what}: no answer in {Limit.TotalSeconds} s");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Ring -> portal {Method} {Path} {Status} {Summary}")]
        public static partial void Call(ILogger logger, string method, string path, int status, string summary);
    }
}
