using System.Text;

namespace RingPortal.Web.Features.LiveView;

/// <summary>
/// Looks at what a browser offers before Ring sees it (contract 8.3): receive-only, video with H.264, nothing but pictures
/// and sound. The text itself is passed on as it came.
/// </summary>
internal static class SdpOffer
{
    private const int MostLines = 2_000;
    private const int MostSections = 8;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] s_directions = ["a=recvonly", "a=sendonly", "a=sendrecv", "a=inactive"];

    /// <summary>What is wrong with it, in words for whoever wrote the page; null when Ring may see it.</summary>
    public static string? Problem(ReadOnlySpan<byte> body)
    {
        string text;
        try
        {
            text = s_strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return "It is not UTF-8.";
        }

        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        if (lines.Count is 0 or > MostLines || lines[0] != "v=0" || lines.Exists(line => !IsLine(line)))
        {
            return "It is not a session description.";
        }

        var first = lines.FindIndex(line => line.StartsWith("m=", StringComparison.Ordinal));
        return first < 0 ? "It asks for nothing." : Problem(lines[..first], Sections(lines[first..]));
    }

    private static bool IsLine(string line) => line.Length >= 2 && char.IsAsciiLetterLower(line[0]) && line[1] == '=' && !line.Any(char.IsControl);

    private static List<List<string>> Sections(List<string> lines)
    {
        var sections = new List<List<string>>();
        foreach (var line in lines)
        {
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                sections.Add([]);
            }

            sections[^1].Add(line);
        }

        return sections;
    }

    private static string? Problem(List<string> common, List<List<string>> sections) =>
        !common.Exists(line => line.StartsWith("o=", StringComparison.Ordinal)) ? "It names no origin."
        : sections.Count > MostSections ? "It asks for too much."
        : sections.Exists(section => Kind(section) is null) ? "It asks for something else than pictures and sound."
        : sections.Exists(section => (Direction(section) ?? Direction(common)) is not "a=recvonly") ? "Every part must be recvonly."
        : !sections.Exists(section => Kind(section) == "video" && Has(section, "a=rtpmap:", "H264/90000")) ? "It must ask for H.264 pictures."
        : sections.Exists(section => !section.Contains("a=rtcp-mux")) ? "Every part must use rtcp-mux."
        : sections.Exists(section => !Secured(common, section)) ? "It names no way to a secured connection."
        : null;

    /// <summary><c>m=video 9 UDP/TLS/RTP/SAVPF 96 97</c>; null for anything that is not a secured stream of pictures or sound.</summary>
    private static string? Kind(List<string> section) =>
        section[0][2..].Split(' ') is [("video" or "audio") and var kind, var port, "UDP/TLS/RTP/SAVPF", _, ..] && ushort.TryParse(port, out var number) && number > 0
            ? kind
            : null;

    private static string? Direction(List<string> lines) => lines.Where(s_directions.Contains).ToList() switch
    {
        [] => null,
        [var only] => only,
        _ => "",
    };

    private static bool Secured(List<string> common, List<string> section) =>
        Either(common, section, "a=ice-ufrag:") && Either(common, section, "a=ice-pwd:") && Either(common, section, "a=fingerprint:");

    private static bool Either(List<string> common, List<string> section, string start) => Has(section, start, "") || Has(common, start, "");

    private static bool Has(List<string> lines, string start, string end) =>
        lines.Exists(line => line.StartsWith(start, StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal) && line.Length > start.Length);
}
