namespace RingPortal.Web.Components.Theme;

/// <summary>The finished style sheet of this installation and the address under which browsers may keep it for ever.</summary>
internal sealed class ThemeSheet(string css)
{
    private static readonly int HashLength = 16;

    public string Css { get; } = css;

    public string Hash { get; } =
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(css)))[..HashLength];

    public string Address => $"/theme.{Hash}.css";
}
