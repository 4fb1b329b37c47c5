using System.Diagnostics;
using System.Text;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Backend;

/// <summary>What the partner answered.</summary>
/// <param name="Status">HTTP status; 0 when no answer came in five seconds.</param>
/// <param name="Text">The beginning of the body, or why no answer came.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record PartnerAnswer(int Status, string Text, TimeSpan Elapsed);

/// <summary>Ring's own HTTP client towards the partner: no proxy, no redirects; every call is in the ledger.</summary>
internal sealed partial class PartnerClient(CallLedger ledger, SimulatorClock clock, ILogger<PartnerClient> logger) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const int LongestAnswer = 2_048;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Limit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends and waits five seconds for the whole answer.</summary>
    public async Task<PartnerAnswer> SendAsync(HttpRequestMessage request, RingOperation operation, string? account, string what, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (status, text) = await AnswerAsync(request, cancellationToken);
        var answer = new PartnerAnswer(status, text, Stopwatch.GetElapsedTime(start));
        var call = ledger.Add(new RecordedCall(
            0, clock.GetUtcNow(), true, operation, account, request.Method.Method, request.RequestUri!.AbsolutePath, status, answer.Elapsed, status == 0 ? $"{what}: {text}" : what, false));
        Log.Call(logger, call.Method, call.Path, call.Status, call.Summary);
        return answer;
    }

    public void Dispose() => http.Dispose();

    private async Task<(int Status, string Text)> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return ((int)response.StatusCode, await TextAsync(response, limit.Token));
        }
        catch (HttpRequestException noAnswer)
        {
            return (0, $"no answer ({noAnswer.HttpRequestError})");
        }
        catch (IOException cut)
        {
            return (0, $"the answer broke off ({cut.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, $"no answer in {Limit.TotalSeconds} s");
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var read = new byte[LongestAnswer];
        var length = await body.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(read, 0, length);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Ring -> portal {Method} {Path} {Status} {Summary}")]
        public static partial void Call(ILogger logger, string method, string path, int status, string summary);
    }
}
