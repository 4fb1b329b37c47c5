namespace RingPortal.Web.Features.Subscriptions;

/// <summary>What a camera that needs a plan has.</summary>
/// <param name="IsActive">Whether an active plan or trial names it.</param>
/// <param name="IsTrial">Whether that is a trial.</param>
/// <param name="Until">When it ends or renews (UTC), as far as Ring says.</param>
public sealed record CameraPlan(bool IsActive, bool IsTrial = false, DateTimeOffset? Until = null);
