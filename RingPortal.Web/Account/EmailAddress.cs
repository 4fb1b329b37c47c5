using System.Text.RegularExpressions;

namespace RingPortal.Web.Account;

/// <summary>What we take for an e-mail address: one that can be written into a message without surprises.</summary>
internal static partial class EmailAddress
{
    private const int Longest = 254;

    public static bool IsPlausible(string text) => text.Length <= Longest && Shape().IsMatch(text);

    [GeneratedRegex(@"^[^\s\p{C}<>,;:""\\()\[\]@]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
