using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.Logging;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Linking;

/// <summary>An answer as a person sees it: status, where it leads, the page.</summary>
internal sealed record Page(HttpStatusCode Status, Uri Address, string? Location, IDocument Document, HttpResponseMessage Answer)
{
    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public string Text => Document.Body?.TextContent ?? "";
}

/// <summary>A browser without script: keeps cookies, fills in the forms it finds, follows where it is sent.</summary>
internal sealed class Visitor(HttpClient client, LogCapture? logs = null) : IDisposable
{
    public const string Password = "a long walk by the sea";
    private readonly HttpClient _client = client;

    public Visitor(PortalHost portal)
        : this(portal.CreateClient(), portal.Logs)
    {
    }

    public async Task<Page> OpenAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        return await ReadAsync(request);
    }

    public Task<Page> OpenAsync(Uri address) => OpenAsync(address.ToString());

    /// <summary>Opens and follows redirects within the portal until there is a page that stays.</summary>
    public async Task<Page> ArriveAsync(Uri address) => await FollowAsync(await OpenAsync(address));

    public async Task<Page> FollowAsync(Page page)
    {
        for (var hops = 0; page.Location is not null || page.Status is HttpStatusCode.Accepted; hops++)
        {
            Assert.True(hops < 10, "Sent round in circles.");
            page = page.Location is { } next ? await OpenAsync(next) : await LookAgainAsync(page);
        }

        return page;
    }

    /// <summary>202 asks to look again until there is something to see.</summary>
    private async Task<Page> LookAgainAsync(Page page)
    {
        await Eventually.TrueAsync(
            async () => (page = await OpenAsync(page.Address)).Status is not HttpStatusCode.Accepted, TimeSpan.FromSeconds(20), "an answer other than 202");
        return page;
    }

    /// <summary>Sends the form with this action, its hidden fields included.</summary>
    public async Task<Page> SubmitAsync(Page page, string action, params (string Name, string Value)[] fields)
    {
        var form = page.Document.Forms.SingleOrDefault(form => form.GetAttribute("action") == action)
            ?? throw new InvalidOperationException($"No form for {action} on \"{page.Heading}\".");
        var values = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        return await PostAsync(action, values);
    }

    public async Task<Page> PostAsync(string action, IEnumerable<KeyValuePair<string, string>> values)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(values) };
        return await ReadAsync(request);
    }

    public Task<Page> SignUpAsync(Page page, string email) =>
        SubmitAsync(page, "/ring/link/sign-up", ("email", email), ("password", Password));

    public Task<Page> SignInAsync(Page page, string email, string password = Password) =>
        SubmitAsync(page, "/ring/link/sign-in", ("email", email), ("password", password));

    public Task<Page> ConnectAsync(Page consent) => SubmitAsync(consent, "/ring/link/confirm");

    /// <summary>From Ring's redirect through sign-up to the consent page.</summary>
    public async Task<Page> ReachConsentAsync(Uri redirect, string email)
    {
        var consent = await FollowAsync(await SignUpAsync(await ArriveAsync(redirect), email));
        Assert.Equal("Connect these two accounts?", consent.Heading);
        return consent;
    }

    public async Task<string> StateAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ring/link/done");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await _client.SendAsync(request);
        using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("state").GetString()!;
    }

    /// <summary>Waits until the newest claim is so far; what the portal warned of meanwhile is told when it is not.</summary>
    public async Task UntilAsync(string state)
    {
        try
        {
            await Eventually.TrueAsync(async () => await StateAsync() == state, TimeSpan.FromSeconds(60), state);
        }
        catch (Xunit.Sdk.XunitException)
        {
            var said = (logs?.Entries ?? []).Where(entry => entry.Level >= LogLevel.Warning).TakeLast(40);
            Assert.Fail($"{await StateAsync()} instead of {state}:\n{string.Join('\n', said.Select(entry => entry.Text[..Math.Min(entry.Text.Length, 1500)]))}");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<Page> ReadAsync(HttpRequestMessage request)
    {
        var answer = await _client.SendAsync(request);
        var document = await BrowsingContext.New().OpenAsync(async reply => reply.Content(await answer.Content.ReadAsStringAsync()));
        return new Page(answer.StatusCode, answer.RequestMessage!.RequestUri!, answer.Headers.Location?.ToString(), document, answer);
    }
}
