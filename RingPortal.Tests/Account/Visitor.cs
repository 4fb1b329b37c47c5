using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace RingPortal.Tests.Account;

/// <summary>A person with a browser of their own: keeps cookies, follows nothing by itself, posts the forms it is shown.</summary>
public sealed class Visitor : IDisposable
{
    public const string Password = "lantern porch seven";

    private readonly HttpClient client;

    public Visitor(Uri address) => client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>A browser that keeps its cookies itself.</summary>
    public Visitor(HttpClient client) => this.client = client;

    public CookieContainer Cookies { get; } = new();

    public string? Session => Cookies.GetCookies(client.BaseAddress!)["rp-session"]?.Value;

    public static string NewEmail() => $"anna.{Guid.NewGuid():N}@example.org";

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<IHtmlDocument> PageAsync(string path) => await ReadAsync(await GetAsync(path));

    /// <summary>Where an answer sends the browser, within the portal: pages say the whole address, endpoints a path.</summary>
    public static string? WayOf(HttpResponseMessage answer) => answer.Headers.Location is { IsAbsoluteUri: true } whole ? whole.PathAndQuery : answer.Headers.Location?.OriginalString;

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Posts the form of a page whose action or handler has this name, with some fields filled in.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await PageAsync(path);
        var element = page.Forms.First(candidate => NameOf(candidate) == form);
        var values = element.QuerySelectorAll<IHtmlInputElement>("input").ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        return await PostAsync(element.GetAttribute("action") is { Length: > 0 } action ? action : path, values);
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> values) =>
        client.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), new FormUrlEncodedContent(values));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default) => client.SendAsync(request, cancellationToken);

    public Task<HttpResponseMessage> SignUpAsync(string email, string password = Password, string timeZone = "Europe/Berlin") =>
        SubmitAsync("/Account/Register", "sign-up", ("email", email), ("password", password), ("timeZone", timeZone));

    public Task<HttpResponseMessage> SignInAsync(string email, string password = Password, string path = "/Account/Login") =>
        SubmitAsync(path, "sign-in", ("email", email), ("password", password));

    public void Dispose() => client.Dispose();

    private static string? NameOf(IHtmlFormElement form) =>
        form.QuerySelector<IHtmlInputElement>("input[name=_handler]")?.Value ?? form.GetAttribute("action");
}
