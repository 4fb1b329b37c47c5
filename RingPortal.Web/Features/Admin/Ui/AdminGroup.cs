namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>Pages that belong together in the menu.</summary>
/// <param name="TextKey">Name of the group; null for a page that stands alone.</param>
/// <param name="Entries">Its pages, in order.</param>
internal sealed record AdminGroup(string? TextKey, IReadOnlyList<AdminEntry> Entries);

/// <summary>A page in the menu.</summary>
/// <param name="Href">Its address.</param>
/// <param name="Icon">Name of its icon.</param>
/// <param name="TextKey">Its name.</param>
internal sealed record AdminEntry(string Href, string Icon, string TextKey);
