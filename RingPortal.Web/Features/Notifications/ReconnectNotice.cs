namespace RingPortal.Web.Features.Notifications;

/// <summary>What a person is told when Ring no longer lets us reach their cameras.</summary>
/// <param name="MaskedAccount">The Ring account as people may see it.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="PicturesUntil">Until when stored pictures stay (UTC).</param>
public sealed record ReconnectNotice(string MaskedAccount, DateTimeOffset Since, DateTimeOffset PicturesUntil);
