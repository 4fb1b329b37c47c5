using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RingPortal.Data.Account;

namespace RingPortal.Web.Account.Passwords;

/// <summary>Compares passwords so that an unknown or locked account costs as long as a wrong password.</summary>
public sealed class PasswordVerifier(IOptions<PasswordHasherOptions> options)
{
    private readonly PasswordHasher<PortalUser> hasher = new(options);
    private readonly PortalUser nobody = new();
    private readonly Lazy<string> dummy = new(() => new PasswordHasher<PortalUser>(options).HashPassword(new PortalUser(), RandomNumberGenerator.GetHexString(32)));

    /// <summary>The hash that is compared when there is nobody.</summary>
    internal string StandIn => dummy.Value;

    /// <summary>Computes the hash that nobody's password has, so that the first visitor does not wait for it.</summary>
    public void Prepare() => _ = dummy.Value;

    /// <summary>Whether the password is right; <see langword="null"/> as user costs the same and is never right.</summary>
    public PasswordVerificationResult Verify(PortalUser? user, string password)
    {
        var fits = password.Length <= PasswordRules.Longest;
        var known = fits && user?.PasswordHash is not null;
        var result = hasher.VerifyHashedPassword(nobody, known ? user!.PasswordHash! : dummy.Value, fits ? password : "");
        return known ? result : PasswordVerificationResult.Failed;
    }
}
