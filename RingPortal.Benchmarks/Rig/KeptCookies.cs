using System.Collections.Concurrent;

namespace RingPortal.Benchmarks.Rig;

/// <summary>
/// The cookies of a browser for a client without one, renewed by the answers: a session that stays as old as it was is looked
/// up in the database at every request, and no browser's is. Written here, because to the framework's own jar plain HTTP is not
/// secure, not even behind a proxy.
/// </summary>
internal sealed class KeptCookies(IEnumerable<KeyValuePair<string, string>> cookies) : DelegatingHandler(Outside.Wire())
{
    private readonly ConcurrentDictionary<string, string> _kept = new(cookies);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("Cookie", string.Join("; ", _kept.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await base.SendAsync(request, cancellationToken);
        foreach (var told in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            if (told.Split(';')[0].Split('=', 2) is [var name, var value])
            {
                _kept[name] = value;
            }
        }

        return answer;
    }
}
