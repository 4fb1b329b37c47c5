using System.Text.RegularExpressions;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Rights;

/// <summary>Somebody at an instance of the portal, in a browser without script that keeps its cookies.</summary>
internal sealed partial class RightsPerson(string name, HttpClient client, bool isStaff = false) : IDisposable
{
    private string _formToken = "";

    public string Name => name;

    public bool IsStaff => isStaff;

    /// <summary>Signs up and stays signed in.</summary>
    public async Task SignUpAsync(string email)
    {
        await PostAsync("/Account/Register", new() { ["email"] = email, ["password"] = Visitor.Password, ["timeZone"] = "Europe/Berlin" });
        await LookAsync("/Account");
    }

    /// <summary>Signs in with an account that exists.</summary>
    public async Task SignInAsync(string email)
    {
        await PostAsync("/Account/Login", new() { ["email"] = email, ["password"] = Visitor.Password });
        await LookAsync("/Account");
    }

    /// <summary>Takes the form token of a page.</summary>
    public async Task LookAsync(string page)
    {
        using var answer = await client.GetAsync(new Uri(page, UriKind.Relative));
        _formToken = FormToken().Match(await answer.Content.ReadAsStringAsync()) is { Success: true } token ? token.Groups[1].Value : _formToken;
    }

    /// <summary>Calls what a row says, with this id in it.</summary>
    public async Task<RightsAnswer> CallAsync(RightsRow row, Guid id)
    {
        var address = (row.Address ?? row.Pattern.Replace("{id:guid}", "{id}", StringComparison.OrdinalIgnoreCase)).Replace("{id}", id.ToString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), address);
        request.Headers.Accept.ParseAdd("text/html,application/json;q=0.5,*/*;q=0.1");
        if (row.IsGuarded)
        {
            request.Headers.Add("RequestVerificationToken", _formToken);
        }

        if (row.Body is { } body)
        {
            request.Content = new StringContent(body.Text, new System.Net.Http.Headers.MediaTypeHeaderValue(body.Type));
        }

        using var answer = await client.SendAsync(request);
        return await RightsAnswer.ReadAsync(answer, id);
    }

    public async Task<RightsAnswer> GetAsync(string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return await RightsAnswer.ReadAsync(answer, Guid.NewGuid());
    }

    public void Dispose() => client.Dispose();

    private async Task PostAsync(string page, Dictionary<string, string> values)
    {
        using var shown = await client.GetAsync(new Uri(page, UriKind.Relative));
        var html = await shown.Content.ReadAsStringAsync();
        foreach (Match field in HiddenField().Matches(html))
        {
            values.TryAdd(field.Groups[1].Value, field.Groups[2].Value);
        }

        using var sent = await client.PostAsync(new Uri(page, UriKind.Relative), new FormUrlEncodedContent(values));
        Assert.True((int)sent.StatusCode is >= 300 and < 400, $"{name} at {page}: {sent.StatusCode}");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
