using System.Globalization;

namespace RingPortal.Web.Features.Linking;

/// <summary>What Ring's redirect brought, kept in a sealed cookie while the person signs in.</summary>
/// <param name="Nonce">Exactly as received.</param>
/// <param name="Time">Exactly as received (Unix ms); the text is HMAC input.</param>
/// <param name="ArrivedAt">When the browser came (UTC); a sign-in must be newer.</param>
internal sealed record LinkTicket(string Nonce, string Time, DateTimeOffset ArrivedAt)
{
    /// <summary>When Ring stops accepting the nonce (UTC).</summary>
    public DateTimeOffset Deadline(TimeSpan window) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Time, CultureInfo.InvariantCulture)) + window;
}
