using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Simulator;

namespace RingPortal.Tests.LiveView;

/// <summary>A person's page as the relay sees it: signed in, with the token of its forms, and offers that nobody stands behind.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly Visitor _browser;
    private string _form = "";

    private Watcher(Visitor browser) => _browser = browser;

    public static Task<Watcher> SignInAsync(Uri portal, string email, string password) => SignInAsync(new Visitor(portal), email, password);

    public static async Task<Watcher> SignInAsync(Visitor browser, string email, string password)
    {
        var watcher = new Watcher(browser);
        using var answer = await watcher._browser.SignInAsync(email, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var page = await watcher._browser.PageAsync("/Account");
        watcher._form = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return watcher;
    }

    /// <summary>Somebody who is not signed in.</summary>
    public static Watcher Nobody(PortalHost portal) => new(new Visitor(portal.BaseAddress));

    public Task<HttpResponseMessage> OfferAsync(Guid camera, string query = "", string? offer = null, string? type = Offers.Type, bool form = true, CancellationToken cancellationToken = default) =>
        OfferAsync(camera, Encoding.UTF8.GetBytes(offer ?? Offers.Good), query, type, form, cancellationToken);

    public async Task<HttpResponseMessage> OfferAsync(Guid camera, byte[] offer, string query = "", string? type = Offers.Type, bool form = true, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/devices/{camera}/live{query}") { Content = new ByteArrayContent(offer) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await SendAsync(request, form, cancellationToken);
    }

    /// <summary>Opens one; answers with its address.</summary>
    public async Task<Uri> WatchAsync(Guid camera, string query = "")
    {
        using var answer = await OfferAsync(camera, query);
        Assert.True(answer.StatusCode is HttpStatusCode.Created, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return answer.Headers.Location!;
    }

    public async Task<HttpResponseMessage> BeatAsync(Uri view, bool frames = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{view}/beat?frames={frames}");
        return await SendAsync(request, form: true);
    }

    public async Task<HttpStatusCode> StopAsync(Uri view, string reason = "stopped")
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{view}?reason={reason}");
        using var answer = await _browser.SendAsync(request);
        return answer.StatusCode;
    }

    public async Task SignOutAsync()
    {
        using var answer = await _browser.PostAsync("/Account/Logout", [new("__RequestVerificationToken", _form)]);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public Task<HttpResponseMessage> PostAsync(string path) => _browser.PostAsync(path, [new("__RequestVerificationToken", _form)]);

    /// <summary>The word for scripts in an answer that is none.</summary>
    public static async Task<string> CodeAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString()!;
    }

    public void Dispose() => _browser.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool form, CancellationToken cancellationToken = default)
    {
        if (form)
        {
            request.Headers.Add("RequestVerificationToken", _form);
        }

        return await _browser.SendAsync(request, cancellationToken);
    }
}
