using System.Net;

namespace RingPortal.Tests.Rights;

/// <summary>The kinds of things that belong to a person and are named in addresses.</summary>
internal enum Belonging
{
    Camera,
    Event,
    LiveView,
    Picture,
    Connection,
}

/// <summary>An address that names something of a person, and how it is called. What it names is <c>{id}</c>.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The route as the endpoint table has it.</param>
/// <param name="Names">What it names.</param>
internal sealed record RightsRow(string Method, string Pattern, Belonging Names)
{
    /// <summary>The address that is called; null for the pattern itself with the id in it.</summary>
    public string? Address { get; init; }

    /// <summary>Sent with it; null for nothing.</summary>
    public (string Type, string Text)? Body { get; init; }

    /// <summary>Whether the owner's page sends a form token along.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>What its owner may get.</summary>
    public required IReadOnlyList<HttpStatusCode> Owner { get; init; }

    /// <summary>What its owner gets once the camera is not shared any more.</summary>
    public HttpStatusCode Removed { get; init; } = HttpStatusCode.NotFound;

    /// <summary>What somebody else gets: the same as for what does not exist.</summary>
    public HttpStatusCode Others { get; init; } = HttpStatusCode.NotFound;

    public override string ToString() => $"{Method} {Address ?? Pattern}";
}
