namespace RingPortal.Web.Features.Tokens;

/// <summary>How accounts are shown to people who must recognise them and to nobody else (contract 3.4).</summary>
public static class AccountMask
{
    /// <summary><c>jane@example.com</c> becomes <c>j***e@example.com</c>; one or two letters keep only the first; null when it is no address.</summary>
    public static string? Email(string? email)
    {
        var at = email?.LastIndexOf('@') ?? -1;
        if (at < 1 || at == email!.Length - 1)
        {
            return null;
        }

        var local = email[..at];
        return local.Length <= 2 ? $"{local[0]}***{email[at..]}" : $"{local[0]}***{local[^1]}{email[at..]}";
    }

    /// <summary><c>Jane Doe</c> becomes <c>J*** D***</c>; null without any name.</summary>
    public static string? Name(string? first, string? last)
    {
        var parts = new[] { first, last }.Where(part => !string.IsNullOrWhiteSpace(part))
            .Select(part => $"{char.ToUpperInvariant(part!.Trim()[0])}***");
        var masked = string.Join(' ', parts);
        return masked.Length == 0 ? null : masked;
    }
}
