using System.Text;

namespace RingPortal.Web.Ring;

/// <summary>The Ring user behind a token (contract 3.3). Kept only as far as needed.</summary>
/// <param name="Id">Ring's account id, the stable key; null with some sandbox tokens, and then nothing may be guessed.</param>
/// <param name="FirstName">May change, may be missing.</param>
/// <param name="LastName">May change, may be missing.</param>
/// <param name="Email">May change, may be missing.</param>
public sealed record RingUser(string? Id, string? FirstName, string? LastName, string? Email)
{
    /// <summary>A printed user shows no personal data.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id);
        return true;
    }
}
