using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Listing;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Subscriptions;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Certification.Review;

/// <summary>Writes the three reviewer notes from the configuration as it is. Operators may change them before they save.</summary>
internal sealed class ReviewerNotes(Texts texts, IOptions<PortalOptions> portal, IOptions<ListingOptions> listing, IOptions<LinkingOptions> linking, IOptions<SubscriptionsOptions> subscriptions)
{
    /// <summary>How many fields Ring's form has.</summary>
    public const int Fields = 3;

    /// <summary>Characters that Ring's form wants at least.</summary>
    public const int Shortest = 20;

    /// <summary>Characters that Ring's form takes at most.</summary>
    public const int Longest = 4000;

    /// <summary>Stands in a note for the password, which is kept nowhere.</summary>
    public const string PasswordMark = "{password}";

    /// <summary>Key of what operators saved for a field.</summary>
    public static string EntryKey(int field) => FormattableString.Invariant($"note.{field}");

    /// <summary>The note of a field.</summary>
    /// <param name="field">1 to 3.</param>
    /// <param name="accountEmail">E-mail of the review account; null when none is made yet.</param>
    public string Write(int field, string? accountEmail) => texts.Format(
        $"admin.cert.note{field}.text",
        ("Url", Address("/")), ("SignUp", Address("/Account/Register")), ("Email", accountEmail ?? texts["admin.cert.note.noaccount"]),
        ("Minutes", linking.Value.NonceWindowSeconds / 60), ("Features", listing.Value.Features.Count == 0 ? "-" : string.Join(", ", listing.Value.Features)),
        ("Support", portal.Value.SupportEmail ?? "-"), ("Help", Address("/help")), ("Gate", texts[Gate(accountEmail)]));

    private string Gate(string? accountEmail) => subscriptions.Value.Gate is PlanGate.Off ? "admin.cert.note.nogate"
        : accountEmail is not null && subscriptions.Value.BypassEmails.Contains(accountEmail, StringComparer.OrdinalIgnoreCase) ? "admin.cert.note.bypass"
        : "admin.cert.note.gate";

    private string Address(string path) => portal.Value.Address(path).ToString();
}
