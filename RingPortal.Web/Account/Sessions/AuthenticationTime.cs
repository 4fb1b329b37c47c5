using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace RingPortal.Web.Account.Sessions;

/// <summary>
/// The instant at which the person proved who they are, kept inside the session. Sliding renewal and the check of
/// the security stamp write the same properties again, so it stays what it was.
/// </summary>
internal static class AuthenticationTime
{
    private const string Item = "auth_time";

    public static AuthenticationProperties Stamp(AuthenticationProperties properties, DateTimeOffset now)
    {
        properties.Items[Item] = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return properties;
    }

    public static DateTimeOffset? Read(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(Item, out var text) is true
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
