using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Look;

public sealed partial class TextsTests
{
    private static readonly string[] ForOperators = ["admin.", "mail.alarm."];

    private readonly Texts texts = In(Environments.Development);

    [Fact]
    public void The_Name_Of_The_Product_Is_Always_Filled_In() =>
        Assert.Equal("Connect your Ring cameras to Nestwatch", texts["link.why.title"]);

    [Theory]
    [InlineData(1, "1 camera of Ring account J*** is now in Nestwatch.")]
    [InlineData(3, "3 cameras of Ring account J*** are now in Nestwatch.")]
    public void Numbers_Choose_Their_Words(int cameras, string expected) =>
        Assert.Equal(expected, texts.Format("link.done.body", ("n", cameras), ("mask", "J***")));

    [Fact]
    public void A_Text_That_Does_Not_Exist_Is_Noticed_Before_Production()
    {
        Assert.Throws<KeyNotFoundException>(() => texts["no.such.text"]);
        Assert.Equal("no.such.text", In(Environments.Production)["no.such.text"]);
    }

    [Fact]
    public void Consumers_Never_Read_Words_Of_The_Trade()
    {
        var found = Texts.Keys
            .Where(key => !ForOperators.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(key => ForbiddenWords().IsMatch(Texts.Raw(key)))
            .Select(key => $"{key}: {Texts.Raw(key)}");

        Assert.Empty(found);
    }

    [Fact]
    public void Nobody_Is_Shouted_At_And_Titles_And_Buttons_End_Without_A_Stop()
    {
        Assert.DoesNotContain(Texts.Keys, key => Texts.Raw(key).Contains('!'));
        Assert.DoesNotContain(Texts.Keys, key => HeadOrButton().IsMatch(key) && Texts.Raw(key).EndsWith('.'));
        Assert.DoesNotContain(Texts.Keys, key => Texts.Raw(key).Contains("Wi-Fi", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_Text_That_The_Source_Names_Exists()
    {
        var named = SourceFiles.OfProduct("*.razor").Concat(SourceFiles.OfProduct("*.cs"))
            .SelectMany(file => NamedText().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

        Assert.Empty(named.Except(Texts.Keys));
    }

    private static Texts In(string environment) => new(
        Options.Create(new PortalOptions { AppName = "Nestwatch" }), new FakeEnvironment { EnvironmentName = environment });

    [GeneratedRegex(
        @"\b(tokens?|nonces?|links?|sessions?|webhooks?|integrations?|oauth|api|endpoints?|sync\w*|device ids?|error codes?|invalid|failed to|oops)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex ForbiddenWords();

    [GeneratedRegex(@"\.(title|action2?)$")]
    private static partial Regex HeadOrButton();

    [GeneratedRegex("""[Tt]exts(?:\[|\.Format\()"([a-z0-9.]+)"(?=[\],)])""")]
    private static partial Regex NamedText();
}
