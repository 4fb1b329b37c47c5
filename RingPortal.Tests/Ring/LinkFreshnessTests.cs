using System.Globalization;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

public sealed class LinkFreshnessTests
{
    private const long Time = 1790000000123;
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(600);

    [Theory]
    [InlineData(1790000000123, LinkAge.Fresh)]
    [InlineData(1790000600123, LinkAge.Fresh)]
    [InlineData(1790000600124, LinkAge.Expired)]
    [InlineData(1790000000122, LinkAge.Malformed)]
    [InlineData(1790086400000, LinkAge.Expired)]
    public void The_Vectors_Of_The_Contract_Are_Met(long now, LinkAge expected) =>
        Assert.Equal(expected, Judge(Text(Time), now, TimeSpan.Zero));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("17900000001a3")]
    [InlineData("-1790000000123")]
    [InlineData("+1790000000123")]
    [InlineData(" 1790000000123")]
    [InlineData("1790000000123 ")]
    [InlineData("1790000000.123")]
    [InlineData("1.79e12")]
    [InlineData("1790000000123000")]
    [InlineData("99999999999999999999")]
    [InlineData("١٧٩٠٠٠٠٠٠٠١٢٣")]
    [InlineData("1790000000123\n")]
    public void What_Is_No_Time_Is_Malformed(string? time) =>
        Assert.Equal(LinkAge.Malformed, Judge(time, Time, TimeSpan.Zero));

    [Theory]
    [InlineData("1790000000")]
    [InlineData("0")]
    public void Seconds_And_Zero_Are_Long_Expired(string time) =>
        Assert.Equal(LinkAge.Expired, Judge(time, Time, TimeSpan.Zero));

    [Fact]
    public void The_Largest_Time_Of_Fifteen_Digits_Lies_In_The_Future() =>
        Assert.Equal(LinkAge.Malformed, Judge("999999999999999", Time, TimeSpan.Zero));

    [Fact]
    public void A_Skew_Lets_The_Future_In_As_Far_As_It_Goes()
    {
        var skew = TimeSpan.FromSeconds(5);

        Assert.Equal(LinkAge.Fresh, Judge(Text(Time), Time - 5000, skew));
        Assert.Equal(LinkAge.Malformed, Judge(Text(Time), Time - 5001, skew));
        Assert.Equal(LinkAge.Expired, Judge(Text(Time), Time + 600_001, skew));
    }

    [Theory]
    [InlineData("oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE", true)]
    [InlineData("-------------------------------------------", true)]
    [InlineData("oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE=", false)]
    [InlineData("oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-w", false)]
    [InlineData("oTp39HwaxB9BKudzeTXbng3AA/Sa74sM9fuyhoGZ+wE", false)]
    [InlineData("oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-w ", false)]
    [InlineData("ôTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_Nonce_Has_43_Characters_Of_The_Safe_Alphabet(string? nonce, bool expected) =>
        Assert.Equal(expected, RingLinkParameters.IsWellFormedNonce(nonce));

    private static string Text(long time) => time.ToString(CultureInfo.InvariantCulture);

    private static LinkAge Judge(string? time, long now, TimeSpan skew) =>
        LinkFreshness.Judge(time, DateTimeOffset.FromUnixTimeMilliseconds(now), s_window, skew);
}
