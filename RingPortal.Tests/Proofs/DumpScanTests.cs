using System.Text;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs;

/// <summary>A scan that finds nothing proves something only if it would find what is there.</summary>
public sealed class DumpScanTests
{
    private const string Text = "Küche Zoë 4711";

    public static TheoryData<string> Dumps =>
    [
        $"7\t{Text}\t\\N",
        @"\\x00" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Text)) + "ff",
        Convert.ToHexString(Encoding.UTF8.GetBytes(Text)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Text)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"a{Text}b")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"ab{Text}")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"abc{Text}xyz")).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        @"{""name"": ""K\\u00FCche Zo\\u00EB 4711""}",
        @"{""name"": ""K\\u00fcche Zo\\u00eb 4711""}",
    ];

    [Theory]
    [MemberData(nameof(Dumps))]
    public void Every_Form_Is_Found(string dump) => Assert.NotEmpty(DumpScan.Find(Encoding.UTF8.GetBytes(dump), [Text]));

    [Fact]
    public void What_Is_Not_There_Is_Not_Found() => Assert.Empty(DumpScan.Find(Encoding.UTF8.GetBytes("7\tKüche Zoe 4711\tKüche Zoë 4712"), [Text]));
}
