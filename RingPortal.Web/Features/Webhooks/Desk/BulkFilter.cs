using System.Text.Json;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>Which deliveries an act on many concerns, as its row keeps it: nothing in it tells whose they are.</summary>
/// <param name="State">Where they stand.</param>
/// <param name="Type">Ring's event type.</param>
/// <param name="Account">Ring's account id, sealed; gone once the act has come to an end.</param>
/// <param name="Device">A camera, by our own key.</param>
/// <param name="From">Received then or later (UTC).</param>
/// <param name="To">Received before (UTC).</param>
internal sealed record BulkFilter(string State, string? Type, string? Account, Guid? Device, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Name of <see cref="Account"/> in the stored document.</summary>
    public const string AccountName = "account";

    public static BulkFilter Of(InboxFilter filter, InboxState state) => new(state.ToString(), filter.Type, filter.SealedAccount, filter.Device, filter.From, filter.To);

    public static BulkFilter Read(string json) => JsonSerializer.Deserialize<BulkFilter>(json, JsonSerializerOptions.Web)!;

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>The deliveries; null when the account in it cannot be opened any more.</summary>
    public InboxFilter? Open(InboxAddress address)
    {
        var account = address.Open(Account);
        return Account is not null && account is null
            ? null
            : new InboxFilter(Enum.Parse<InboxState>(State).Tab(), Type, account, Device, From, To) { SealedAccount = Account };
    }

    /// <summary>For the audit trail, where not even a sealed account belongs.</summary>
    public object Told => new { state = State, type = Type, oneAccount = Account is not null, device = Device, from = From, to = To };
}
