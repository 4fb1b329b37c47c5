using System.Security.Cryptography;

namespace RingPortal.Web.Features.Linking;

/// <summary>Numbers that a person can read to support over the telephone: no letters that look or sound alike.</summary>
internal static class References
{
    private const string Alphabet = "23456789BCDFGHJKMNPQRTVWXY";

    public static string New()
    {
        var text = RandomNumberGenerator.GetString(Alphabet, 8);
        return $"{text[..4]}-{text[4..]}";
    }
}
