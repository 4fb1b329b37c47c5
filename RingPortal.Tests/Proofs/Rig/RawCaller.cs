using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>What a raw call got: the status, or 0 when the connection ended without an answer; and when, from the first byte sent.</summary>
internal sealed record RawAnswer(int Status, TimeSpan Elapsed, string Head);

/// <summary>Calls the Webhook URL byte by byte, in ways that no HTTP client would.</summary>
internal static class RawCaller
{
    /// <param name="portal">Base address.</param>
    /// <param name="headers">Header lines after <c>Host</c>, each without its line end.</param>
    /// <param name="writeBody">Writes the body however it likes; it may go on after the answer and is cancelled then.</param>
    /// <param name="patience">How long to wait for an answer.</param>
    public static async Task<RawAnswer> PostAsync(Uri portal, IEnumerable<string> headers, Func<NetworkStream, CancellationToken, Task> writeBody, TimeSpan patience)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(portal.Host, portal.Port);
        await using var stream = client.GetStream();
        using var ending = new CancellationTokenSource(patience);
        var started = Stopwatch.GetTimestamp();
        var head = string.Join("\r\n", ["POST /ring/webhook HTTP/1.1", $"Host: {portal.Authority}", .. headers, "", ""]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), ending.Token);
        var writing = WriteAsync(stream, writeBody, ending.Token);
        var answer = await ReadHeadAsync(stream, ending.Token);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await ending.CancelAsync();
        await writing;
        return new RawAnswer(StatusOf(answer), elapsed, answer);
    }

    private static int StatusOf(string head) =>
        head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;

    private static async Task WriteAsync(NetworkStream stream, Func<NetworkStream, CancellationToken, Task> writeBody, CancellationToken cancellationToken)
    {
        try
        {
            await writeBody(stream, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The answer came first, and the connection is closed.
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var buffer = new byte[1024];
        try
        {
            int read;
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // No answer, or not a whole one: what came is told.
        }

        return head.ToString();
    }
}
