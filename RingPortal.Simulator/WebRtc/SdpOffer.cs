namespace RingPortal.Simulator.WebRtc;

/// <summary>An offer that Ring would accept (contract 8.3).</summary>
/// <param name="Fingerprint">SHA-256 of the certificate that the other side will show.</param>
/// <param name="Media">Its sections, in their order.</param>
internal sealed record SdpOffer(string Fingerprint, IReadOnlyList<SdpMedia> Media)
{
    private static readonly string[] Directions = ["sendrecv", "sendonly", "recvonly", "inactive"];

    /// <summary>Reads an offer.</summary>
    /// <exception cref="FormatException">It cannot be read or is not acceptable; the message is Ring's detail.</exception>
    public static SdpOffer Parse(string text)
    {
        var (session, sections) = Split(text);
        if (sections.Count == 0)
            throw new FormatException("The offer has no media.");

        var media = sections.Select(section => Read(section, session)).ToList();
        if (media.All(one => !one.IsVideo))
            throw new FormatException("The offer has no video.");

        if (media.DistinctBy(one => one.Mid).Count() != media.Count)
            throw new FormatException("Two media sections have the same mid.");

        return new(media[0].Fingerprint, media);
    }

    private static (SdpLines Session, List<SdpLines> Sections) Split(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToList();
        if (lines is not ["v=0", ..] || lines.Exists(line => line.Length < 2 || line[1] != '=' || !char.IsAsciiLetterLower(line[0])))
            throw new FormatException("The offer is not SDP.");

        List<List<string>> parts = [[]];
        foreach (var line in lines)
        {
            if (line.StartsWith("m=", StringComparison.Ordinal))
                parts.Add([]);

            parts[^1].Add(line);
        }

        return (new(parts[0]), [.. parts.Skip(1).Select(part => new SdpLines(part))]);
    }

    private static SdpMedia Read(SdpLines section, SdpLines session)
    {
        var kind = section.Kind is "video" or "audio" ? section.Kind : throw new FormatException($"Media of kind {section.Kind} are not accepted.");
        if ((Direction(section) ?? Direction(session) ?? "sendrecv") != "recvonly")
            throw new FormatException("Incompatible send direction");

        if (!section.Has("rtcp-mux"))
            throw new FormatException("The offer does not use rtcp-mux.");

        if ((section.Attribute("ice-ufrag") ?? session.Attribute("ice-ufrag")) is null || (section.Attribute("ice-pwd") ?? session.Attribute("ice-pwd")) is null)
            throw new FormatException("The offer has no ICE credentials.");

        var fingerprint = section.Attribute("fingerprint") ?? session.Attribute("fingerprint");
        if (fingerprint?.Split(' ') is not [var algorithm, var hash] || !algorithm.Equals("sha-256", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("The offer has no SHA-256 fingerprint.");

        var (payload, format) = kind == "video" ? H264(section) : (section.Payload("opus/48000/2"), null);
        return new(kind == "video", section.Attribute("mid") ?? throw new FormatException("A media section has no mid."), hash, payload, format);
    }

    /// <summary>The Baseline entry with packetization mode 1 if there is one, else any H.264.</summary>
    private static (int? Payload, string? Format) H264(SdpLines section)
    {
        var all = section.Payloads("H264/90000").Select(payload => (Payload: payload, Format: section.Format(payload) ?? "")).ToList();
        if (all.Count == 0)
            throw new FormatException("The offer has no H264.");

        var (found, format) = all
            .OrderByDescending(one => one.Format.Contains("packetization-mode=1", StringComparison.Ordinal))
            .ThenByDescending(one => one.Format.Contains("profile-level-id=42", StringComparison.OrdinalIgnoreCase))
            .First();
        return (found, format);
    }

    private static string? Direction(SdpLines lines) => Directions.FirstOrDefault(lines.Has);
}

/// <summary>One media section of an offer.</summary>
/// <param name="IsVideo">Otherwise it is audio.</param>
/// <param name="Mid">Its name.</param>
/// <param name="Fingerprint">SHA-256 of the other side's certificate.</param>
/// <param name="Payload">The number of the format that we send, none when we can send none of those offered.</param>
/// <param name="Format">The format's parameters.</param>
internal sealed record SdpMedia(bool IsVideo, string Mid, string Fingerprint, int? Payload, string? Format);
