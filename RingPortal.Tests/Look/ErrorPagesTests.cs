using System.Net;
using System.Text.RegularExpressions;

namespace RingPortal.Tests.Look;

public sealed partial class ErrorPagesTests(PlainHost host) : IClassFixture<PlainHost>
{
    [Theory]
    [InlineData("/nowhere", 404, "This page does not exist")]
    [InlineData("/answers/404", 404, "This page does not exist")]
    [InlineData("/answers/403", 404, "This page does not exist")]
    [InlineData("/answers/429", 429, "Wait 60 seconds, then try again.")]
    [InlineData("/wait", 429, "Wait 7 seconds, then try again.")]
    [InlineData("/answers/503", 503, "Fairview is being updated")]
    [InlineData("/answers/400", 400, "That did not go through")]
    public async Task People_Get_A_Page_In_Their_Words(string address, int status, string words)
    {
        using var answer = await host.Client.GetAsync(address);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/answers/404", 404)]
    [InlineData("/api/answers/429", 429)]
    [InlineData("/api/nowhere", 404)]
    [InlineData("/media/nowhere", 404)]
    [InlineData("/ring/token/answers/503", 503)]
    public async Task Machines_Get_A_Bare_Status(string address, int status)
    {
        using var answer = await host.Client.GetAsync(address);

        Assert.Equal((status, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_Failure_Shows_The_Number_That_The_Log_Carries_And_Nothing_Else()
    {
        using var answer = await host.Client.GetAsync("/fails");
        var html = await answer.Content.ReadAsStringAsync();
        var reference = Reference().Match(html).Groups[1].Value;

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(8, reference.Length);
        Assert.Contains(host.Lines.All, line => line.Contains(reference, StringComparison.Ordinal) && line.Contains("the reason", StringComparison.Ordinal));
        Assert.DoesNotContain("the reason", html, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Failure_Of_An_Interface_Is_Answered_As_Problem_Details()
    {
        using var answer = await host.Client.GetAsync("/api/fails");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"code\":\"internal_error\"", text, StringComparison.Ordinal);
        Assert.Contains("\"reference\":", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the reason", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/locked", "55P03", false)]
    [InlineData("/mistaken", "42703", true)]
    [InlineData("/ring-is-slow", "the reason", true)]
    public async Task A_Database_That_Is_Busy_Is_Told_In_One_Line_And_Everything_Else_With_Its_Place(string address, string code, bool withPlace)
    {
        using var answer = await host.Client.GetAsync(address);
        var reference = Reference().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        var told = host.Lines.All.Single(line => line.Contains(reference, StringComparison.Ordinal));

        Assert.Contains(code, told, StringComparison.Ordinal);
        Assert.Equal(withPlace, told.Contains("   at ", StringComparison.Ordinal));
    }

    [GeneratedRegex("<code>([A-Z0-9]+)</code>")]
    private static partial Regex Reference();
}
