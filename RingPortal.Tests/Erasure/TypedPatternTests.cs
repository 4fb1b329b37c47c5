using System.Text.RegularExpressions;
using RingPortal.Web.Features.Erasure.Pages;

namespace RingPortal.Tests.Erasure;

public sealed class TypedPatternTests
{
    [Theory]
    [InlineData("anna+b.c@example.org", "ANNA+B.C@EXAMPLE.ORG", true)]
    [InlineData("anna+b.c@example.org", "anna+b.c@example.org", true)]
    [InlineData("anna+b.c@example.org", "anna+bxc@example.org", false)]
    [InlineData("anna+b.c@example.org", "annaab.c@example.org", false)]
    [InlineData("a-b_c'd/e=f?g^h`i{j|k}l~m!n#o$p%q&r*s@example.org", "A-b_c'd/e=f?g^h`i{j|k}l~m!n#o$p%q&r*s@example.org", true)]
    public void A_Browser_Finds_The_Text_In_Any_Case_And_No_Other(string text, string typed, bool fits)
    {
        // Browsers write \u{hex} where .NET writes \uhhhh; everything else is the same.
        var pattern = Regex.Replace(TypedPattern.Of(text), @"\\u\{([0-9A-F]+)\}", hex => $@"\u{hex.Groups[1].Value.PadLeft(4, '0')}");

        Assert.Equal(fits, Regex.IsMatch(typed, $"^(?:{pattern})$"));
    }
}
