using System.Text.Json;
using System.Text.Json.Serialization;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>What axe-core found in the browser tests before this build, as they leave it and the publish carries it.</summary>
internal sealed record AxeReport([property: JsonPropertyName("pages")] IReadOnlyDictionary<string, AxePage> Pages)
{
    /// <summary>Name of the file beside the program.</summary>
    public const string FileName = "axe-report.json";

    /// <summary>Reads it; null where there is none or it is not readable.</summary>
    public static async Task<AxeReport?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<AxeReport>(file, cancellationToken: cancellationToken) is { Pages: not null } report ? report : null;
        }
        catch (JsonException)
        {
            // Cut or written by something else: as good as none, and the check says so.
            return null;
        }
    }
}

/// <summary>One page as it was looked at.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Violations">Keys of the rules that it broke.</param>
internal sealed record AxePage([property: JsonPropertyName("at")] DateTimeOffset At, [property: JsonPropertyName("violations")] IReadOnlyList<string> Violations);
