namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>Which deliveries are meant.</summary>
/// <param name="Tab">Where they stand.</param>
/// <param name="Type">Ring's event type.</param>
/// <param name="Account">Ring's account id, whole.</param>
/// <param name="Device">A camera, by our own key.</param>
/// <param name="From">Received then or later (UTC).</param>
/// <param name="To">Received before (UTC).</param>
public sealed record InboxFilter(InboxTab Tab = InboxTab.All, string? Type = null, string? Account = null, Guid? Device = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>The account as it stands in addresses: sealed, because Ring's ids are in no address.</summary>
    public string? SealedAccount { get; init; }

    /// <summary>Whether anything but the tab is chosen.</summary>
    public bool IsNarrowed => this is not { Type: null, Account: null, Device: null, From: null, To: null };

    /// <summary>The same without anything chosen.</summary>
    public InboxFilter Cleared => new(Tab);
}
