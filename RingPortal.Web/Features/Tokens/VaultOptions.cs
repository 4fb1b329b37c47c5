namespace RingPortal.Web.Features.Tokens;

/// <summary>Keys that seal tokens at rest.</summary>
public sealed class VaultOptions
{
    /// <summary>Configuration section; the environment form is <c>Vault__Keys__0</c>.</summary>
    public const string Section = "Vault";

    /// <summary>Base64 of 32 random bytes each. The first seals, all open.</summary>
    public IList<string> Keys { get; } = [];
}
