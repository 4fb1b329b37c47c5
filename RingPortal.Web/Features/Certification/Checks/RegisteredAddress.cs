using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Tokens.Intake;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>One of the four addresses that are registered at Ring.</summary>
/// <param name="Name">Which: <c>token</c>, <c>link</c>, <c>webhook</c> or <c>config</c>, as in the arrivals.</param>
/// <param name="Path">Where it is served.</param>
/// <param name="PlainStatus">What a plain GET answers when all is well.</param>
internal sealed record RegisteredAddress(string Name, string Path, int PlainStatus)
{
    /// <summary>All four, in the console's order.</summary>
    public static IReadOnlyList<RegisteredAddress> All { get; } =
    [
        new("token", TokenIntakeEndpoints.Path, StatusCodes.Status405MethodNotAllowed),
        new("link", LinkEndpoints.Arrival, StatusCodes.Status200OK),
        new("webhook", WebhookEndpoints.Path, StatusCodes.Status405MethodNotAllowed),
        new("config", ConfigEndpoint.Path, StatusCodes.Status200OK),
    ];

    /// <summary>Key of its item.</summary>
    public string Item => $"before.address.{Name}";

    /// <summary>Key of what operators pasted for it.</summary>
    public string EntryKey => $"address.{Name}";

    /// <summary>Exactly as it is served below a public address.</summary>
    public string Served(Uri publicUrl) => publicUrl.GetLeftPart(UriPartial.Authority) + Path;
}
