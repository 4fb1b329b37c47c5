using System.Text.RegularExpressions;

namespace RingPortal.Tests.Look;

public sealed partial class SourceHabitsTests
{
    [Fact]
    public void Colours_Come_From_Tokens_Only()
    {
        // 503.html stands alone by design and is no style sheet of the portal.
        var found = SourceFiles.OfProduct("*.razor").Concat(SourceFiles.OfProduct("*.css"))
            .SelectMany(file => HexColour().Matches(File.ReadAllText(file)).Select(match => $"{file}: {match.Value}"));

        Assert.Empty(found);
    }

    [Fact]
    public void Pages_Carry_No_Inline_Style_Or_Script()
    {
        var found = SourceFiles.OfProduct("*.razor").Where(file => Inline().IsMatch(File.ReadAllText(file)));

        Assert.Empty(found);
    }

    [GeneratedRegex("""(?<![&\w/"])#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})\b""")]
    private static partial Regex HexColour();

    [GeneratedRegex("""<style|<script(?![^>]*\bsrc=)|\son[a-z]+="[^@]|\sstyle="(?!@)""")]
    private static partial Regex Inline();
}
