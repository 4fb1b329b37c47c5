using System.Text.RegularExpressions;

namespace RingPortal.Simulator.Mail;

/// <summary>A piece of a text: plain, or a web address that can be clicked.</summary>
internal sealed partial record TextPiece(string Text, bool IsAddress)
{
    public static IReadOnlyList<TextPiece> Cut(string text)
    {
        var pieces = new List<TextPiece>();
        var from = 0;
        foreach (Match match in Address().Matches(text))
        {
            pieces.Add(new(text[from..match.Index], false));
            pieces.Add(new(match.Value, true));
            from = match.Index + match.Length;
        }

        pieces.Add(new(text[from..], false));
        return [.. pieces.Where(piece => piece.Text.Length > 0)];
    }

    [GeneratedRegex("""https?://[^\s<>"']*[^\s<>"'.,;:!?)\]]""")]
    private static partial Regex Address();
}
