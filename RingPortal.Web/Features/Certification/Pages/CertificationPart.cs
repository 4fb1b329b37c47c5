namespace RingPortal.Web.Features.Certification.Pages;

/// <summary>The parts of the certification page, as they stand in its address.</summary>
internal static class CertificationPart
{
    public const string List = "list";
    public const string Console = "console";
    public const string Rehearsal = "rehearsal";
    public const string Notes = "notes";
    public const string Review = "review";

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [List, Console, Rehearsal, Notes, Review];

    /// <summary>The part that an address names; the list for any other.</summary>
    public static string Read(string? text) => text is not null && All.Contains(text) ? text : List;

    /// <summary>The address of a part.</summary>
    public static string Address(string part) => part == List ? "/admin/certification" : $"/admin/certification?part={part}";

    /// <summary>The address of one group of the list.</summary>
    public static string Address(CertificationGroup? group) => group is { } one ? $"/admin/certification?group={one.ToString().ToLowerInvariant()}" : Address(List);
}
