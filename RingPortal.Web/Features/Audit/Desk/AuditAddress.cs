using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit.Desk;

/// <summary>The addresses of the audit pages: whatever is chosen stands in them, people by their pseudonym.</summary>
internal static class AuditAddress
{
    public const string Page = "/admin/audit";

    private const string Minutes = "yyyy-MM-ddTHH:mm";
    private const int LongestAction = 60;
    private const int LongestTarget = 100;

    /// <summary>Reads what <see cref="Write"/> wrote; what it does not know means nothing.</summary>
    public static AuditFilter Read(string? from, string? to, string? kind, string? who, string? action, string? target, string? subject) => new(
        Time(from), Time(to),
        Enum.TryParse<AuditActor>(kind, ignoreCase: true, out var actor) && Enum.IsDefined(actor) ? actor : null,
        Guid.TryParse(who, out var person) ? person : null,
        Short(action, LongestAction), Short(target, LongestTarget),
        Guid.TryParse(subject, out var concerned) ? concerned : null);

    /// <summary>The address of what is chosen, of a record in it, or of a piece of its list.</summary>
    public static string Write(AuditFilter filter, long? record = null, AuditPlace? before = null, AuditPlace? after = null)
    {
        var path = record is { } id ? string.Create(CultureInfo.InvariantCulture, $"{Page}/{id}") : Page;
        return QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
        {
            ["from"] = Text(filter.From),
            ["to"] = Text(filter.To),
            ["kind"] = filter.Kind?.ToString().ToLowerInvariant(),
            ["who"] = filter.Actor?.ToString(),
            ["action"] = filter.Action,
            ["target"] = filter.Target,
            ["subject"] = filter.Subject?.ToString(),
            ["before"] = before?.ToString(),
            ["after"] = after?.ToString(),
        });
    }

    /// <summary>A time as a form and an address have it (UTC).</summary>
    public static string? Text(DateTimeOffset? at) => at?.UtcDateTime.ToString(Minutes, CultureInfo.InvariantCulture);

    /// <summary>Reads a time; null when there is none.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static string? Short(string? text, int longest) => text?.Trim() is { Length: > 0 } trimmed && trimmed.Length <= longest ? trimmed : null;
}

/// <summary>A place in the list: newer is greater, equal times are told apart by the number.</summary>
/// <param name="At">When the record there was written (UTC, to the microsecond, as it is stored).</param>
/// <param name="Id">Its number.</param>
public sealed record AuditPlace(DateTimeOffset At, long Id)
{
    /// <summary>As it stands in addresses: microseconds since 1970 and the number.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}-{Id}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static AuditPlace? Read(string? text) =>
        text?.Split('-') is [var time, var number]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds <= (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new AuditPlace(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), id)
            : null;
}
