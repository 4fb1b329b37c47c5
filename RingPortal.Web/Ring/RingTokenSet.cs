using System.Text;

namespace RingPortal.Web.Ring;

/// <summary>What the token endpoint gave (contract 3.1).</summary>
/// <param name="AccessToken">Opaque.</param>
/// <param name="RefreshToken">Opaque, replaces the one before; null keeps that one (contract 6.2).</param>
/// <param name="ExpiresIn">How long the access token lives.</param>
/// <param name="Scope">Opaque text, never a gate (contract 6.6).</param>
public sealed record RingTokenSet(string AccessToken, string? RefreshToken, TimeSpan ExpiresIn, string? Scope)
{
    /// <summary>A printed token set shows no token.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ExpiresIn = ").Append(ExpiresIn);
        return true;
    }
}
