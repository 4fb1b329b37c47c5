using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RingPortal.Data.Account;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Account.Passwords;

/// <summary>What Identity's own length rule leaves open: the upper bound and passwords that are easy to guess.</summary>
internal sealed class PasswordRules(IOptions<PortalOptions> portal) : IPasswordValidator<PortalUser>
{
    public const int Shortest = 12;
    public const int Longest = 128;
    public const string TooLong = "PasswordTooLong";
    public const string Common = "PasswordCommon";

    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password) =>
        Task.FromResult(Judge(user, password ?? ""));

    private IdentityResult Judge(PortalUser user, string password)
    {
        if (password.Length > Longest)
        {
            return IdentityResult.Failed(new IdentityError { Code = TooLong });
        }

        return password.Length >= Shortest && GuessablePassword.IsGuessable(password, OwnWords(user))
            ? IdentityResult.Failed(new IdentityError { Code = Common })
            : IdentityResult.Success;
    }

    private string[] OwnWords(PortalUser user)
    {
        string[] words = [portal.Value.AppName, "camera", "cameras", "doorbell", "password", .. (user.Email ?? "").Split('@', '.', '+', '-', '_')];
        return [.. words.Select(word => word.ToLowerInvariant()).Where(word => word.Length >= 4).Distinct()];
    }
}
