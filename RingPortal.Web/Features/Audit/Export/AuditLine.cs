using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit.Export;

/// <summary>One record as a line of an export.</summary>
internal static class AuditLine
{
    /// <summary>The columns of the CSV form, which are the names of the JSON form.</summary>
    public static readonly string[] Columns =
        ["id", "transactionId", "at", "action", "actor", "actorId", "subjectId", "target", "reason", "details", "archiveId", "archiveDigest"];

    private static readonly JsonWriterOptions s_form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What stands before the first record.</summary>
    public static string Head(AuditExportForm form) => form is AuditExportForm.Csv ? string.Join(',', Columns) + "\r\n" : "";

    public static string Write(AuditExportForm form, AuditRecord record) => form is AuditExportForm.Csv ? Csv(record) : JsonLine(record);

    private static string Csv(AuditRecord record) => string.Join(
        ',',
        new[]
        {
            record.Id.ToString(CultureInfo.InvariantCulture), record.TransactionId.ToString(CultureInfo.InvariantCulture), Time(record.At), record.Action, record.Actor.ToString(),
            record.ActorId?.ToString(), record.SubjectId?.ToString(), record.Target, record.Reason, record.Details, record.ArchiveId?.ToString(), Digest(record),
        }.Select(Cell)) + "\r\n";

    /// <summary>Quoted always; what a spreadsheet would take for a formula begins with an apostrophe, which it shows as text.</summary>
    internal static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string JsonLine(AuditRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(bytes, s_form))
        {
            writer.WriteStartObject();
            writer.WriteNumber(Columns[0], record.Id);
            writer.WriteNumber(Columns[1], record.TransactionId);
            writer.WriteString(Columns[2], Time(record.At));
            writer.WriteString(Columns[3], record.Action);
            writer.WriteString(Columns[4], record.Actor.ToString());
            writer.WriteString(Columns[5], record.ActorId?.ToString());
            writer.WriteString(Columns[6], record.SubjectId?.ToString());
            writer.WriteString(Columns[7], record.Target);
            writer.WriteString(Columns[8], record.Reason);
            writer.WritePropertyName(Columns[9]);
            writer.WriteRawValue(record.Details ?? "null");
            writer.WriteString(Columns[10], record.ArchiveId?.ToString());
            writer.WriteString(Columns[11], Digest(record));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private static string? Digest(AuditRecord record) => record.ArchiveDigest is { } digest ? Convert.ToHexStringLower(digest) : null;
}
