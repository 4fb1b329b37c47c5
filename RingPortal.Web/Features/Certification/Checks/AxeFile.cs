namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Where the report of axe-core lies.</summary>
/// <param name="Path">The file; it need not exist.</param>
internal sealed record AxeFile(string Path)
{
    /// <summary>Beside the program.</summary>
    public static AxeFile OfThisBuild { get; } = new(System.IO.Path.Combine(AppContext.BaseDirectory, AxeReport.FileName));
}
