using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RingPortal.Tests.Notifications;

/// <summary>A small real mail server on this machine: speaks SMTP, keeps messages, refuses as it is told.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<string> messages = new();
    private readonly Task serving;

    public SmtpListener()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyCollection<string> Messages => messages;

    /// <summary>Answers to commands that differ, by their first word.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await serving;
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopping.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Assert.True(stopping.IsCancellationRequested, end.Message);
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        try
        {
            await writer.WriteLineAsync("220 mail.test ready");
            while (await reader.ReadLineAsync(stopping.Token) is { } line && line != "QUIT")
            {
                var word = line.Split(' ', ':')[0].ToUpperInvariant();
                var answer = Answers.GetValueOrDefault(word) ?? word switch { "EHLO" => "250 mail.test", "DATA" => "354 go on", _ => "250 fine" };
                await writer.WriteLineAsync(answer);
                if (word == "DATA" && answer.StartsWith('3'))
                {
                    messages.Enqueue(await ReadMessageAsync(reader));
                    await writer.WriteLineAsync("250 kept");
                }
            }
        }
        catch (IOException)
        {
            // The client hung up, as it may.
        }
    }

    private async Task<string> ReadMessageAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stopping.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return text.ToString();
    }
}
