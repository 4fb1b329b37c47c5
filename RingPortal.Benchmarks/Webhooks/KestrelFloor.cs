using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RingPortal.Benchmarks.Rig;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>Kestrel alone: reads the same request, judges its signature, answers, stores nothing. What no receiver in .NET can beat here.</summary>
internal static class KestrelFloor
{
    public const string Command = "kestrel-floor";

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        var signature = new RingWebhookSignature(new FixedOptions(new RingOptions { HmacKey = SignedEvents.Key }));
        var (accepted, refused) = (RingAnswer.Status("accepted"), RingAnswer.Error(StatusCodes.Status401Unauthorized, "invalid_signature"));
        app.Run(async http =>
        {
            using var body = await LimitedBody.ReadAsync(http.Request, 256 * 1024, TimeSpan.FromSeconds(3), http.RequestAborted);
            var isValid = body is LimitedBody.Complete { Bytes: var bytes }
                && signature.Verify(http.Request.Headers[RingWebhookSignature.HeaderName], bytes.Span) is SignatureVerdict.Valid;
            await (isValid ? accepted : refused).ExecuteAsync(http);
        });
        await app.RunAsync();
    }
}
