namespace RingPortal.Web.Components;

/// <summary>One message above the page.</summary>
/// <param name="Kind">Name of a <see cref="StatusKind"/>.</param>
/// <param name="Text">The sentence.</param>
/// <param name="ActionText">The word on the button, if there is something to do.</param>
/// <param name="ActionHref">Where the act leads, when it is a page.</param>
/// <param name="PostUrl">Where the act is posted, with antiforgery, when it changes something.</param>
/// <param name="Title">What is the matter, in front of the sentence, where that is not plain from it.</param>
public sealed record Banner(
    string Kind, string Text, string? ActionText = null, string? ActionHref = null, string? PostUrl = null, string? Title = null);
