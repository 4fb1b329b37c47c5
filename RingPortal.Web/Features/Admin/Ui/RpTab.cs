namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>A view of a page that has an address of its own.</summary>
/// <param name="Href">The address.</param>
/// <param name="Text">Its name.</param>
/// <param name="Count">How much is in it; null without a count.</param>
/// <param name="Current">Whether it is the one on the screen.</param>
/// <param name="More">Whether the count was given up there: "10,000+".</param>
public sealed record RpTab(string Href, string Text, long? Count, bool Current, bool More = false);
