using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Tokens;

/// <summary>
/// Ring's token endpoint with strict rotation: only the newest refresh token works. Plays every other behaviour when told.
/// </summary>
internal sealed class TokenServer
{
    private readonly Lock _lock = new();
    private int _generation;

    /// <summary>The only refresh token that works now.</summary>
    public string Current { get; private set; } = "refresh-0";

    public int Asked { get; private set; }

    /// <summary>Runs before the n-th answer and may give another one (then returns true).</summary>
    public Func<HttpContext, int, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    public async Task AnswerAsync(HttpContext http, int number)
    {
        _ = number;
        int asked;
        lock (_lock)
        {
            asked = ++Asked;
        }

        using var form = new FormReader((string)http.Items["body"]!);
        var token = (await form.ReadFormAsync())["refresh_token"].ToString();
        if (!await Before(http, asked))
        {
            var (status, body) = Rotate(token);
            await http.AnswerAsync(status, body);
        }
    }

    /// <summary>What Ring does with a refresh token.</summary>
    public (int Status, string Body) Rotate(string token)
    {
        lock (_lock)
        {
            if (token != Current)
            {
                return (400, """{"error":"invalid_grant"}""");
            }

            _generation++;
            Current = $"refresh-{_generation}";
            return (200, $$"""{"access_token":"access-{{_generation}}","refresh_token":"{{Current}}","expires_in":14400}""");
        }
    }
}
