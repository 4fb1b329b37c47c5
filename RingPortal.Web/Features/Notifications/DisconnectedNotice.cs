using RingPortal.Data.Teardown;

namespace RingPortal.Web.Features.Notifications;

/// <summary>What a person is told after a Ring account was disconnected from theirs.</summary>
/// <param name="MaskedAccount">The Ring account as people may see it.</param>
/// <param name="DisconnectedAt">When (UTC).</param>
/// <param name="Cause">Why.</param>
public sealed record DisconnectedNotice(string MaskedAccount, DateTimeOffset DisconnectedAt, TeardownCause Cause);
