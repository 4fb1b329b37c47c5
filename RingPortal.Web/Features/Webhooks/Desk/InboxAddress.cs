using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Web.Features.Events;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>
/// The addresses of the inbox: whatever is chosen stands in them. Ring's account ids only sealed, so that none ends in a
/// history, a bookmark or a log.
/// </summary>
internal sealed class InboxAddress(IDataProtectionProvider protection)
{
    public const string Page = "/admin/webhooks";

    private const string Minutes = "yyyy-MM-ddTHH:mm";
    private const int LongestType = 100;

    private readonly IDataProtector _accounts = protection.CreateProtector("RingPortal.Webhooks.Desk.Account");

    /// <summary>Reads what <see cref="Write"/> wrote; what it does not know means nothing.</summary>
    public InboxFilter Read(string? tab, string? type, string? account, string? device, string? from, string? to)
    {
        var known = Open(account);
        return new(
            Enum.TryParse<InboxTab>(tab, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : InboxTab.All,
            type is { Length: > 0 and <= LongestType } ? type : null,
            known,
            Guid.TryParse(device, out var camera) ? camera : null,
            Time(from), Time(to))
        {
            SealedAccount = known is null ? null : account,
        };
    }

    /// <summary>The address of what is chosen, of a delivery in it, or of a piece of its list.</summary>
    public static string Write(InboxFilter filter, Guid? delivery = null, TimelinePosition? before = null, TimelinePosition? after = null)
    {
        var path = delivery is { } id ? $"{Page}/{id}" : Page;
        return QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
        {
            ["tab"] = filter.Tab is InboxTab.All ? null : filter.Tab.Name(),
            ["type"] = filter.Type,
            ["account"] = filter.SealedAccount,
            ["device"] = filter.Device?.ToString(),
            ["from"] = Text(filter.From),
            ["to"] = Text(filter.To),
            ["before"] = before?.ToString(),
            ["after"] = after?.ToString(),
        });
    }

    /// <summary>A filter as fields of a form have it; null when a field cannot be read.</summary>
    public InboxFilter? FromFields(InboxTab tab, string? type, string? account, string? device, string? from, string? to)
    {
        var (name, camera) = (account?.Trim(), Guid.TryParse(device?.Trim(), out var id) ? id : (Guid?)null);
        if ((camera is null && !string.IsNullOrWhiteSpace(device)) || (Time(from) is null && !string.IsNullOrEmpty(from)) || (Time(to) is null && !string.IsNullOrEmpty(to)))
        {
            return null;
        }

        return new(tab, string.IsNullOrWhiteSpace(type) ? null : type, string.IsNullOrEmpty(name) ? null : name, camera, Time(from), Time(to))
        {
            SealedAccount = string.IsNullOrEmpty(name) ? null : Seal(name),
        };
    }

    /// <summary>A time as a form and an address have it (UTC).</summary>
    public static string? Text(DateTimeOffset? at) => at?.UtcDateTime.ToString(Minutes, CultureInfo.InvariantCulture);

    /// <summary>An account id as it may stand in an address.</summary>
    public string Seal(string account) => _accounts.Protect(account);

    /// <summary>The account id in it; null when we did not write it.</summary>
    public string? Open(string? account)
    {
        try
        {
            return string.IsNullOrEmpty(account) ? null : _accounts.Unprotect(account);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
