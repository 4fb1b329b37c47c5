namespace RingPortal.Web.Ring;

/// <summary>Syntax of what Ring appends to the Account Link URL (contract 2.2). Its age is for <see cref="LinkFreshness"/>.</summary>
public static class RingLinkParameters
{
    /// <summary>Whether the text can be a nonce at all: exactly 43 characters of <c>A-Z a-z 0-9 - _</c>.</summary>
    public static bool IsWellFormedNonce(string? nonce) =>
        nonce is { Length: RingNonce.Length } && nonce.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
