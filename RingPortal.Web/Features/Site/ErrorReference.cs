using System.Security.Cryptography;

namespace RingPortal.Web.Features.Site;

/// <summary>The short number that a reader can tell support and that the log carries beside the exception.</summary>
public static class ErrorReference
{
    // No letters that look or sound alike on the phone.
    private const string Alphabet = "ACDEFHJKMNPRTUVWXY34679";

    private static readonly object Key = new();

    /// <summary>A new reference, for failures outside requests.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, 8);

    /// <summary>The reference of this request; made on first use.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Items[Key] is string known)
            return known;

        var made = New();
        context.Items[Key] = made;
        return made;
    }
}
