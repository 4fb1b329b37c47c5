using System.Text;
using RingPortal.Web.Account.SecondStep;

namespace RingPortal.Tests.Account.SecondStep;

public sealed class TotpTests
{
    private static readonly byte[] s_key = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B: the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_Are_Those_Of_The_Standard(long seconds, string code)
    {
        Assert.Equal(code, Totp.Code(s_key, seconds / 30));
        Assert.Equal(seconds / 30, Totp.StepOf(s_key, code, DateTimeOffset.FromUnixTimeSeconds(seconds)));
        Assert.Equal(code, new AuthenticatorApp(Base32.Encode(s_key)).Code(seconds / 30));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_Code_Counts_One_Step_Before_And_After_Its_Own(int steps, bool counts)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);

        Assert.Equal(counts, Totp.StepOf(s_key, Totp.Code(s_key, (1234567890 / 30) + steps), now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("05924")]
    [InlineData("0059240")]
    [InlineData("x05924")]
    [InlineData("٠٠٥٩٢٤")]
    public void What_Is_No_Code_Of_Now_Counts_Never(string typed) =>
        Assert.Null(Totp.StepOf(s_key, typed, DateTimeOffset.FromUnixTimeSeconds(1234567890)));

    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_Are_Written_As_The_Standard_Says(string text, string written)
    {
        Assert.Equal(written, Base32.Encode(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(written, Base32.Bare($" {Base32.Grouped(written, '-').ToLowerInvariant()} "));
    }

    [Fact]
    public void The_Picture_Holds_The_Address_And_Is_Framed_In_White()
    {
        var offer = new AuthenticatorOffer("anna+ring@example.org", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

        var (size, path) = offer.Picture("Fair view");

        Assert.Equal("otpauth://totp/Fair%20view:anna%2Bring%40example.org?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Fair%20view&algorithm=SHA1&digits=6&period=30", offer.Address("Fair view"));
        Assert.True(size > 40, $"{size}");
        // The finder pattern: seven dark squares in the first row, four from the edge.
        Assert.StartsWith("M4 4h7v1h-7z", path, StringComparison.Ordinal);
    }
}
