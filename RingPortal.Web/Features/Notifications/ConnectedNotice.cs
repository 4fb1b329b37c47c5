namespace RingPortal.Web.Features.Notifications;

/// <summary>What a person is told after a Ring account was connected to theirs.</summary>
/// <param name="MaskedAccount">The Ring account as people may see it.</param>
/// <param name="Cameras">How many cameras came with it.</param>
/// <param name="ConnectedAt">When (UTC).</param>
/// <param name="UndoPath">Path of the page that undoes it, for 7 days.</param>
public sealed record ConnectedNotice(string MaskedAccount, int Cameras, DateTimeOffset ConnectedAt, string UndoPath);
