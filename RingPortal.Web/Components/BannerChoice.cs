namespace RingPortal.Web.Components;

/// <summary>The banner that was chosen for a page, or that there is none.</summary>
/// <param name="Banner">The message, or null.</param>
public sealed record BannerChoice(Banner? Banner);
