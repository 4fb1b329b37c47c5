using Microsoft.AspNetCore.Http;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Media;

/// <summary>
/// Ring's API and a second origin for its files, as servers that misbehave when told so. For what a well-behaved simulator
/// never does.
/// </summary>
internal sealed class MediaRing : IAsyncDisposable
{
    private MediaRing(FakeRing api, FakeRing origin) => (Api, Origin) = (api, origin);

    public FakeRing Api { get; }

    /// <summary>Where the API redirects to.</summary>
    public FakeRing Origin { get; }

    /// <summary>As the setting names it.</summary>
    public string OriginHost => new Uri(Origin.Address).Authority;

    /// <summary>What a signed address carries and nobody may see.</summary>
    public const string Signature = "X-Signature=sig-canary-58b1";

    public string SignedAddress => $"{Origin.Address}/bucket/file?{Signature}";

    public static async Task<MediaRing> StartAsync()
    {
        var ring = new MediaRing(await FakeRing.StartAsync(), await FakeRing.StartAsync());
        ring.Api.Answer = (http, _) => Redirect(http, 303, ring.SignedAddress);
        ring.Serve("image/jpeg", MediaBytes.Jpeg());
        return ring;
    }

    public static Task Redirect(HttpContext http, int status, string location)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    /// <summary>The API sends everybody there.</summary>
    public void Lead(int status, string location) => Api.Answer = (http, _) => Redirect(http, status, location);

    /// <summary>The second origin has this.</summary>
    public void Serve(string type, byte[] content, int status = 200, params (string Name, string Value)[] headers) =>
        Origin.Answer = (http, _) => WriteAsync(http, status, type, content, headers);

    /// <summary>The API has this itself.</summary>
    public void ServeDirectly(string type, byte[] content, int status = 200, params (string Name, string Value)[] headers) =>
        Api.Answer = (http, _) => WriteAsync(http, status, type, content, headers);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Origin.DisposeAsync();
    }

    private static async Task WriteAsync(HttpContext http, int status, string type, byte[] content, (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.Body.WriteAsync(content);
    }
}
