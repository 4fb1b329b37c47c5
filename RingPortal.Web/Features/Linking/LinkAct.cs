namespace RingPortal.Web.Features.Linking;

/// <summary>A button of a page that says one thing: the key of its word and where it leads.</summary>
public sealed record LinkAct(string TextKey, string Href);
