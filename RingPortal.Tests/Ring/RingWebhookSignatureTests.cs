using System.Security.Cryptography;
using System.Text;
using RingPortal.Web.Ring;
using static RingPortal.Tests.Ring.FixedOptions;

namespace RingPortal.Tests.Ring;

public sealed class RingWebhookSignatureTests
{
    private const string S1 = """{"meta":{"version":"1.1","request_id":"7a1d5f0e-0000-4000-8000-000000000001"},"data":{"type":"device_online"}}""";
    private const string S1Signature = "sha256=26ea5fd02f5aa9879ec0682e7c3e95c7e30df6fca0535c4cd2b0512d3523d6dc";
    private const string S3Signature = "sha256=ab6c031e5b1f7a5c19d992370d2b40fcd583bd89f8d68772c31cb7c480705964";
    private const string S4Signature = "sha256=f2fde1f62de5d08627831c62db3fb93223fa483cea45db815ef9ff50583e6a9d";
    private const string S5Signature = "sha256=dbc7773e3b6a6f77e8ddc172eb8cc8feee62bd69b7cc50235111c1855eeb9a85";

    public static TheoryData<string, string> Vectors { get; } = new()
    {
        { S1, S1Signature },
        {
            """{"meta":{"version":"1.1","request_id":"7a1d5f0e-0000-4000-8000-000000000002"},"data":{"type":"device_added","note":"Haustür \/ Garten"}}""",
            "sha256=f2a2462deaa4ba973e2d633ce3a4f3143c87b26a626f18c40e44a0487da6f35c"
        },
        { """{"meta": {"version":"1.1","request_id":"7a1d5f0e-0000-4000-8000-000000000001"},"data":{"type":"device_online"}}""", S3Signature },
        { "", S4Signature },
    };

    public static TheoryData<string, SignatureVerdict> Refused { get; } = new()
    {
        { S3Signature, SignatureVerdict.Mismatch },
        { S4Signature, SignatureVerdict.Mismatch },
        { S5Signature, SignatureVerdict.Mismatch },
        { "sha256=Jupf0C9aqYeewGgufD6Vx+MN9vygU1xM0rBRLTUj1tw=", SignatureVerdict.Malformed },
        { "sha256=6bad540f5dec2b4a8c2d27e1219331cb284f672e3e66958694c3e139946c61b0", SignatureVerdict.Mismatch },
        { S1Signature[..^1] + "d", SignatureVerdict.Mismatch },
        { S1Signature[..^1], SignatureVerdict.Malformed },
        { S1Signature + "0", SignatureVerdict.Malformed },
        { "", SignatureVerdict.Missing },
        { "sha256=", SignatureVerdict.Malformed },
        { $"{S1Signature},{S1Signature}", SignatureVerdict.Malformed },
        { S1Signature.Replace("sha256=", "sha256 = ", StringComparison.Ordinal), SignatureVerdict.Malformed },
        { S1Signature.Replace("sha256=", "sha1=", StringComparison.Ordinal), SignatureVerdict.Malformed },
        { S1Signature.Replace("sha256=", "sha256=sha256=", StringComparison.Ordinal), SignatureVerdict.Malformed },
        { S1Signature.Replace('2', '２'), SignatureVerdict.Malformed },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    [MemberData(nameof(ContractPayloads.Signed), MemberType = typeof(ContractPayloads))]
    public void The_Vectors_And_Payloads_Of_The_Contract_Are_Valid(string body, string signature) =>
        Assert.Equal(SignatureVerdict.Valid, Verify(K1, "", body, signature));

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_Only_Looks_Like_The_Signature_Is_Refused(string signature, SignatureVerdict expected) =>
        Assert.Equal(expected, Verify(K1, "", S1, signature));

    [Fact]
    public void The_Prefix_May_Be_Missing_And_The_Digits_May_Be_Upper_Case()
    {
        var digits = S1Signature["sha256=".Length..];

        Assert.Equal(SignatureVerdict.Valid, Verify(K1, "", S1, digits));
        Assert.Equal(SignatureVerdict.Valid, Verify(K1, "", S1, digits.ToUpperInvariant()));
    }

    [Fact]
    public void The_Key_Before_Is_Told_Apart_And_A_Retired_One_Is_Refused()
    {
        Assert.Equal(SignatureVerdict.ValidPrevious, Verify(K1, K2, S1, S5Signature));
        Assert.Equal(SignatureVerdict.Valid, Verify(K2, K1, S1, S5Signature));
        Assert.Equal(SignatureVerdict.Mismatch, Verify(K1, "", S1, S5Signature));
    }

    [Fact]
    public void Without_A_Key_Not_Even_The_Signature_Of_The_Empty_Key_Is_Valid()
    {
        var forged = Convert.ToHexStringLower(HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes(S1)));

        Assert.Equal(SignatureVerdict.Mismatch, Verify("", "", S1, forged));
        Assert.Equal(SignatureVerdict.Mismatch, Verify(K1, "", S1, forged));
    }

    [Fact]
    public void No_Header_Is_Missing_And_Two_Are_Repeated_Even_If_Both_Are_Right()
    {
        Assert.Equal(SignatureVerdict.Missing, Verify(K1, "", S1));
        Assert.Equal(SignatureVerdict.Missing, Verify(K1, "", S1, (string?)null));
        Assert.Equal(SignatureVerdict.Repeated, Verify(K1, "", S1, S1Signature, S1Signature));
    }

    [Fact]
    public void Every_Flipped_Bit_Of_A_Body_Of_1_KiB_Is_Refused()
    {
        var body = RandomNumberGenerator.GetBytes(1024);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(K1), body));
        var verifier = new RingWebhookSignature(Keys(K1));
        Assert.Equal(SignatureVerdict.Valid, verifier.Verify(signature, body));

        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(SignatureVerdict.Mismatch, verifier.Verify(signature, body));
            body[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void The_Key_Is_Text_Also_When_It_Is_Not_Ascii()
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData("schlüssel"u8, "{}"u8));

        Assert.Equal(SignatureVerdict.Valid, Verify("schlüssel", "", "{}", signature));
    }

    [Theory]
    [InlineData("\uFEFF{}")]
    [InlineData("{}\r\n")]
    [InlineData("{}\n")]
    [InlineData("{ }")]
    public void The_Same_Json_In_Other_Bytes_Is_Refused(string body)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(K1), "{}"u8));

        Assert.Equal(SignatureVerdict.Mismatch, Verify(K1, "", body, signature));
    }

    private static SignatureVerdict Verify(string key, string previous, string body, params string?[] headers) =>
        new RingWebhookSignature(Keys(key, previous)).Verify(headers, Encoding.UTF8.GetBytes(body));
}
