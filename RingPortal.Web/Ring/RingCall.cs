namespace RingPortal.Web.Ring;

/// <summary>One request to Ring, as a recipe: a retry makes a new message of it. The operation is its name in metrics, spans and logs.</summary>
internal sealed record RingCall(string Operation, RingUpstream Upstream, HttpMethod Method, Uri Address, RingPriority Priority)
{
    public string? AccessToken { get; init; }

    public Func<HttpContent>? Content { get; init; }

    public string Accept { get; init; } = "application/json";

    /// <summary>More is not read.</summary>
    public int LargestAnswer { get; init; } = 4 * 1024 * 1024;

    /// <summary>Whether 503 tells of one camera (contract 8.2), which says nothing about Ring.</summary>
    public bool IsAboutOneDevice { get; init; }

    /// <summary>Only these are repeated by the client itself (contract 7.4).</summary>
    public bool IsRepeatable => Method == HttpMethod.Get;

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Address) { Content = Content?.Invoke() };
        message.Headers.Accept.ParseAdd(Accept);
        if (AccessToken is not null)
        {
            message.Headers.Authorization = new("Bearer", AccessToken);
        }

        return message;
    }

    /// <summary>What a status means in this call alone.</summary>
    public RingFailure? Failure(int status) => IsAboutOneDevice && status == 503 ? new RingFailure.DeviceOffline() : null;

    /// <summary>Never the token or the body.</summary>
    public override string ToString() => Operation;
}
