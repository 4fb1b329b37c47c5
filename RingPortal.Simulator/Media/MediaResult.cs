using System.Buffers.Binary;
using System.Security.Cryptography;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Media;

/// <summary>What stands between a file and the size that was asked for.</summary>
internal enum MediaFiller
{
    /// <summary>Zeros, which readers of pictures do not look at.</summary>
    None,

    /// <summary>A box that players skip.</summary>
    FreeBox,
}

/// <summary>Sends a file, with all that shall be wrong about it. Nothing larger than a gulp is kept in memory beside the file itself.</summary>
internal sealed class MediaResult(string type, int status, byte[] file, MediaFiller filler) : IResult
{
    private const int Gulp = 64 * 1024;
    private static readonly byte[] WebPage = "<!doctype html><script>document.title='run'</script><p>Not a picture.</p>"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var settings = httpContext.RequestServices.GetRequiredService<RingSettings>().Media;
        var content = settings.WrongBytes ? WebPage : settings.Protected ? RandomNumberGenerator.GetBytes(file.Length) : file;
        var whole = Math.Max(settings.Size ?? 0, content.Length);
        if (whole > content.Length && filler == MediaFiller.FreeBox && content == file)
            (content, whole) = ([.. content, .. BoxHead(whole - content.Length)], Math.Max(whole, content.Length + 8));

        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = settings.WrongContentType ?? type;
        if (!settings.WithoutLength)
            response.ContentLength = whole;

        await SendAsync(httpContext, content, whole, settings);
    }

    private static async Task SendAsync(HttpContext context, byte[] content, long whole, MediaSettings settings)
    {
        var gulp = settings.Slow > TimeSpan.Zero ? (int)Math.Clamp(whole / 20, 1, Gulp) : Gulp;
        var zeros = new byte[gulp];
        var pause = settings.Slow * ((double)gulp / whole);
        for (long sent = 0; sent < whole;)
        {
            if (sent >= settings.CutAfter)
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Notes().Dropped = true;
                context.Abort();
                return;
            }

            var count = (int)Math.Min(Math.Min(gulp, whole - sent), sent < settings.CutAfter ? settings.CutAfter.Value - sent : long.MaxValue);
            if (sent < content.Length)
                count = (int)Math.Min(count, content.Length - sent);

            await context.Response.Body.WriteAsync(sent < content.Length ? content.AsMemory((int)sent, count) : zeros.AsMemory(0, count), context.RequestAborted);
            sent += count;
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, context.RequestAborted);
        }
    }

    private static byte[] BoxHead(long size)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)Math.Max(8, size));
        "free"u8.CopyTo(head.AsSpan(4));
        return head;
    }
}
