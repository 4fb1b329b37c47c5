using System.Globalization;

namespace RingPortal.Simulator.WebRtc;

/// <summary>The lines of one section of an SDP.</summary>
internal sealed class SdpLines(IReadOnlyList<string> lines)
{
    public string Kind => lines[0][2..].Split(' ')[0];

    public bool Has(string attribute) => lines.Contains($"a={attribute}");

    public string? Attribute(string name) => After($"a={name}:");

    public string? Format(int payload) => After(string.Create(CultureInfo.InvariantCulture, $"a=fmtp:{payload} "));

    public int? Payload(string codec) => Payloads(codec).Cast<int?>().FirstOrDefault();

    /// <summary>The numbers under which a codec is offered.</summary>
    public IEnumerable<int> Payloads(string codec)
    {
        foreach (var line in lines)
        {
            if (line.StartsWith("a=rtpmap:", StringComparison.Ordinal)
                && line[9..].Split(' ') is [var number, var name]
                && name.Equals(codec, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var payload)
                && payload is >= 0 and < 128)
                yield return payload;
        }
    }

    private string? After(string start) => lines.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Trim();
}
