using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace RingPortal.Tests.Rights;

/// <summary>Everything that an answer says, but for the id that was asked for and what is different each time.</summary>
internal sealed partial record RightsAnswer(HttpStatusCode Status, string Headers, string Body)
{
    /// <summary>The time, and what comes along when a cookie happens to be renewed.</summary>
    private static readonly HashSet<string> s_fresh = new(StringComparer.OrdinalIgnoreCase) { "Date", "Set-Cookie", "Expires", "Pragma", "Cache-Control" };

    public static async Task<RightsAnswer> ReadAsync(HttpResponseMessage answer, Guid asked)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => !s_fresh.Contains(header.Key)).OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        var body = Fresh().Replace(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()), "(fresh)");
        return new RightsAnswer(answer.StatusCode, Hide(string.Join('\n', headers), asked), Hide(body, asked));
    }

    /// <summary>What a circuit is opened with, sealed and made for each answer; form tokens likewise.</summary>
    [GeneratedRegex("<!--Blazor.*?-->|(?<=name=\"__RequestVerificationToken\"[^>]*value=\")[^\"]*", RegexOptions.Singleline)]
    private static partial Regex Fresh();

    private static string Hide(string text, Guid asked) =>
        text.Replace(asked.ToString(), "(id)", StringComparison.OrdinalIgnoreCase).Replace(asked.ToString("N"), "(id)", StringComparison.OrdinalIgnoreCase);
}
