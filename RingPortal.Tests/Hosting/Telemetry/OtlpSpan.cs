using System.Text;

namespace RingPortal.Tests.Hosting.Telemetry;

/// <summary>A span as it stood in an export: read from the bytes, without the library that wrote them (opentelemetry-proto, trace.proto).</summary>
internal sealed record OtlpSpan(string TraceId, string SpanId, string ParentId, string Name, IReadOnlyList<string> LinkedTraces, IReadOnlyList<string> Tags)
{
    /// <summary>ExportTraceServiceRequest.resource_spans (1), ResourceSpans.scope_spans (2), ScopeSpans.spans (2).</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] export) =>
        Fields(export, 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2)).Select(Of);

    private static OtlpSpan Of(byte[] span) => new(
        Hex(Fields(span, 1)),
        Hex(Fields(span, 2)),
        Hex(Fields(span, 4)),
        Text(Fields(span, 5)),
        [.. Fields(span, 13).Select(link => Hex(Fields(link, 1)))],
        [.. Fields(span, 9).Select(tag => Text(Fields(tag, 1)))]);

    private static string Hex(IEnumerable<byte[]> field) => Convert.ToHexStringLower(field.SingleOrDefault() ?? []);

    private static string Text(IEnumerable<byte[]> field) => Encoding.UTF8.GetString(field.SingleOrDefault() ?? []);

    /// <summary>The length-delimited values of one field of a message, in order.</summary>
    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message, ref at);
            switch (key & 7)
            {
                case 0: Number(message, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    var length = (int)Number(message, ref at);
                    if ((int)(key >> 3) == wanted)
                    {
                        found.Add(message[at..(at + length)]);
                    }

                    at += length;
                    break;
                default: throw new FormatException("No protobuf.");
            }
        }

        return found;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            number |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return number;
            }
        }
    }
}
