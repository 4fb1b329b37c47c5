namespace RingPortal.Web.Account.Passwords;

/// <summary>
/// Says whether a long enough password is still among the first that anybody would try: a listed one, a listed one
/// or one of our own words with figures around it or written several times, one piece again and again, or a row of
/// neighbours such as 123456789012. No composition rules: length and surprise are what counts.
/// </summary>
internal static class GuessablePassword
{
    private static readonly string[] Rows =
        ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm"];

    public static bool IsGuessable(string password, IReadOnlyCollection<string> ownWords)
    {
        var lower = password.ToLowerInvariant();
        var core = Core(lower);
        return IsKnown(lower, ownWords) || core.Length < 4 || IsKnown(core, ownWords) || IsKnown(Unlettered(core), ownWords)
            || IsMadeOfOwnWords(Unlettered(lower), ownWords);
    }

    private static bool IsKnown(string text, IReadOnlyCollection<string> ownWords)
    {
        var piece = Period(text);
        return CommonPasswords.Contains(text) || ownWords.Contains(text) || IsRow(text)
            || (piece.Length < text.Length
                && (piece.Length < 4 || IsRow(piece) || CommonPasswords.Contains(piece) || ownWords.Contains(piece)));
    }

    // "Password2026!" is "password" to anybody who guesses.
    private static string Core(string lower) => lower.Trim([.. lower.Where(sign => !char.IsLetter(sign)).Distinct()]);

    private static string Unlettered(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', '!' => 'i', var sign => sign };
        }
    });

    private static bool IsMadeOfOwnWords(string text, IReadOnlyCollection<string> ownWords)
    {
        var rest = ownWords.OrderByDescending(word => word.Length).Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < text.Length && rest.Count(char.IsLetter) < 4;
    }

    private static bool IsRow(string text) =>
        text.Length >= 4 && Rows.Any(row => row.Contains(text, StringComparison.Ordinal) || row.Contains(Reversed(text), StringComparison.Ordinal));

    private static string Reversed(string text) => new([.. text.Reverse()]);

    private static string Period(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (Enumerable.Range(0, text.Length - length).All(at => text[at] == text[at + length]))
            {
                return text[..length];
            }
        }

        return text;
    }
}
