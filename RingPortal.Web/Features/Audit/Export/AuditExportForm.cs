namespace RingPortal.Web.Features.Audit.Export;

/// <summary>How an export is written.</summary>
public enum AuditExportForm
{
    /// <summary>One JSON object a line, UTF-8.</summary>
    JsonLines,

    /// <summary>RFC 4180, UTF-8, safe to be opened in a spreadsheet.</summary>
    Csv,
}
