using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Benchmarks.Rig;

/// <summary>Motion events as whole HTTP requests, signed before the clock runs.</summary>
internal static class SignedEvents
{
    /// <summary>The key of both receivers.</summary>
    public const string Key = "YmVuY2htYXJrLWtleS0zMi1ieXRlcy1sb25nLi4uLg==";

    private static readonly byte[] s_key = Encoding.UTF8.GetBytes(Key);

    /// <summary>Events that nobody has seen.</summary>
    public static IReadOnlyList<byte[]> Unique(int count) => [.. Enumerable.Range(0, count).Select(_ => Request(Body(), null))];

    /// <summary>Events whose signature has the right form and is wrong.</summary>
    public static IReadOnlyList<byte[]> Unsigned(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Request(Body(), RandomNumberGenerator.GetHexString(64, lowercase: true)))];

    /// <summary>The body of a new event, about as long as Ring's own (contract 5.7.1).</summary>
    public static byte[] Body()
    {
        var now = TimeProvider.System.GetUtcNow();
        var device = $"ava1.ring.device.{RandomNumberGenerator.GetHexString(24)}";
        var happened = now.ToUnixTimeMilliseconds();
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$$$$"""
            {"meta": {"version": "1.1", "time": "{{{{{{now.UtcDateTime:O}}}}}}", "request_id": "{{{{{{Guid.NewGuid()}}}}}}", "account_id": "ava1.ring.account.{{{{{{RandomNumberGenerator.GetInt32(1000):D13}}}}}}"},
             "data": {"id": "{{{{{{device}}}}}}_human_{{{{{{happened}}}}}}", "type": "motion_detected", "subType": "human",
              "attributes": {"source": "{{{{{{device}}}}}}", "source_type": "devices", "timestamp": {{{{{{happened}}}}}} },
              "relationships": {"devices": {"links": {"self": "/v1/devices/{{{{{{device}}}}}}"}}}}}
            """));
    }

    /// <summary>A body as a whole request, signed where no signature is given.</summary>
    public static byte[] Request(byte[] body, string? signature)
    {
        signature ??= Convert.ToHexStringLower(HMACSHA256.HashData(s_key, body));
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /ring/webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Signature: sha256={signature}\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
