using System.Security.Cryptography;
using System.Text;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>
/// Bodies with the signatures that another implementation (OpenSSL and Python's hmac) computed, under the current key and
/// under the one before; and what a lenient receiver would let in.
/// </summary>
internal static class SignatureVectors
{
    private const string Plain = """{"meta":{"version":"1.1","request_id":"w7-vector-01"},"data":{"type":"device_online","note":"x"}}""";

    private const string PlainHex = "44baff687de9e0fcbdaef4eefc4363d6f6c1dee315eb81d6d9ad657ce494710c";

    /// <summary>What must be let in, each with a name.</summary>
    public static IReadOnlyList<RingDelivery> Valid { get; } =
    [
        Vector("lower-case hex with prefix", Plain, "sha256=" + PlainHex),
        Vector("lower-case hex without prefix", Event("02"), "34f19d237a4b835aa7f3a5c5111f4fd09ba2b8fbd717f9e58788b0be750c6b02"),
        Vector("upper-case hex", Event("03"), "sha256=2B607FB946136CEDDEE42051A894566DAD68239F26EFF267A23071718D358A74"),
        Vector("mixed case", Event("04"), "sha256=610E2588aAfB18c44D02c4fCfB5486b8bCe571a1627E701222d2650B6100b4a3"),
        Vector("key with non-ASCII", Event("05"), "sha256=da26e2fc16b8eddef0f8c7554226f2a1781bf24938516ee41d301ac661d9af9f"),
        Vector("byte order mark first", "\uFEFF" + Event("06"), "sha256=57b0f13ae2939d80dc84fba2682bfda152aadd640f1c004b875a1fe9b97cb2fa"),
        Vector("CRLF inside and at the end", Event("07").Replace(",\"data\"", ",\r\n \"data\"", StringComparison.Ordinal) + "\r\n", "sha256=02e0d05cee206b1c97a399044aea15e4d2f8af50cd7a058097894d78c92b1661"),
        Vector("escapes", Event("08", """Haust\u00fcr \/ Garten"""), "sha256=cacfa7c0a7f689ac7a660c7e4d9c2388b622eae662fd6d3bc51a49945e4b8200"),
        Vector("the same text without escapes", Event("09", "Haustür / Garten"), "sha256=fa2ea0238c7f548893980a2da5807ba66f4024fcc601166bff3ba7778b8048a7"),
        Vector("no body", "", "sha256=f2fde1f62de5d08627831c62db3fb93223fa483cea45db815ef9ff50583e6a9d"),
        Vector("white space around", " \t" + Event("11") + " ", "sha256=795cb9ba310e7ada42cfcecb22acd72b9e1cfe8f92c518b99e44563a47dbb4ba"),
        Vector("NUL as an escape", Event("12", """\u0000"""), "sha256=0dac22940702b0c48761948fba6c450718b5629e4dee91bffccf1ebace768254"),
        Vector("control bytes", "\u0000\u0001\u0002", "sha256=ff0ec93546e16145611451b30115156fde7dce633f243e7c71ec511d8f9827d7"),
        Vector("four-byte UTF-8", Event("14", "🔔"), "sha256=0c15b7d2277a5c3ee38f4ad8f14ccdf73b07bc82bda5a5f91c15264f84ce7176"),
    ];

    /// <summary>What must be refused although it is nearly right.</summary>
    public static IReadOnlyList<RingDelivery> Invalid { get; } =
    [
        Vector("no header", Plain, null),
        Vector("empty header", Plain, ""),
        Vector("prefix only", Plain, "sha256="),
        Vector("one digit short", Plain, "sha256=" + PlainHex[..^1]),
        Vector("one digit more", Plain, "sha256=" + PlainHex + "0"),
        Vector("last digit changed", Plain, "sha256=" + PlainHex[..^1] + "d"),
        Vector("a letter that is no digit", Plain, "sha256=" + PlainHex[..^1] + "g"),
        Vector("a space inside", Plain, "sha256= " + PlainHex),
        Vector("another algorithm's name", Plain, "sha1=" + PlainHex),
        Vector("prefix twice", Plain, "sha256=sha256=" + PlainHex),
        Vector("two signatures in one value", Plain, $"sha256={PlainHex},sha256={PlainHex}"),
        Vector("Base64 of the right bytes", Plain, "sha256=" + Convert.ToBase64String(Convert.FromHexString(PlainHex))),
        Vector("key Base64-decoded", Plain, "sha256=" + Mac(Convert.FromBase64String(ProofSettings.HmacKey), Plain)),
        Vector("empty key", Plain, "sha256=" + Mac([], Plain)),
        Vector("no key: plain SHA-256", Plain, "sha256=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Plain)))),
        Vector("unknown key", Plain, "sha256=" + Mac("some other key"u8.ToArray(), Plain)),
        Vector("the body written anew", Plain.Replace(":", ": ", StringComparison.Ordinal), "sha256=" + PlainHex),
        Vector("a line end more", Plain + "\n", "sha256=" + PlainHex),
        Vector("a byte order mark more", "\uFEFF" + Plain, "sha256=" + PlainHex),
        Vector("escapes written out", Event("08", "Haustür / Garten"), "sha256=cacfa7c0a7f689ac7a660c7e4d9c2388b622eae662fd6d3bc51a49945e4b8200"),
        Vector("no body under the signature of one", "", "sha256=" + PlainHex),
    ];

    /// <summary>Every way to change one bit of a signed body; the signature stays.</summary>
    public static IEnumerable<RingDelivery> Flips(RingDelivery signed, int bytes) =>
        Enumerable.Range(0, bytes * 8).Select(bit =>
        {
            var body = (byte[])signed.Body.Clone();
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            return signed with { RequestId = $"bit {bit}", Body = body };
        });

    private static string Event(string number, string note = "x") =>
        $$$"""{"meta":{"version":"1.1","request_id":"w7-vector-{{{number}}}"},"data":{"type":"device_online","note":"{{{note}}}"}}""";

    private static RingDelivery Vector(string name, string body, string? signature) => new(name, Encoding.UTF8.GetBytes(body), signature);

    private static string Mac(byte[] key, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)));
}
