namespace RingPortal.Web.Features.Notifications;

/// <summary>What a person is told about one camera.</summary>
/// <param name="Camera">Its name.</param>
/// <param name="Press">How often somebody rang.</param>
/// <param name="Person">How often Ring saw a person.</param>
/// <param name="Offline">How often it went offline.</param>
/// <param name="From">When the first of it happened (UTC).</param>
/// <param name="To">When the last of it happened (UTC).</param>
/// <param name="Now">When the message is written (UTC).</param>
/// <param name="EventsPath">Path of the page that shows it.</param>
/// <param name="UnsubscribePath">Path that ends such messages.</param>
public sealed record DigestNotice(
    string Camera, int Press, int Person, int Offline, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now, string EventsPath, string UnsubscribePath)
{
    /// <summary>How much there is to tell.</summary>
    public int Total => Press + Person + Offline;
}
