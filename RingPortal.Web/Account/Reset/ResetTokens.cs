using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RingPortal.Data.Account;

namespace RingPortal.Web.Account.Reset;

/// <summary>Makes what stands in the address of a reset: works for one hour, and once, because a new password makes a new stamp.</summary>
internal sealed class ResetTokens(IDataProtectionProvider protection, IOptions<ResetTokens.Settings> options, ILogger<DataProtectorTokenProvider<PortalUser>> logger)
    : DataProtectorTokenProvider<PortalUser>(protection, options, logger)
{
    public const string Provider = "RingPortal.Reset";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Its own, beside those of the confirmation of e-mails.</summary>
    internal sealed class Settings : DataProtectionTokenProviderOptions
    {
        public Settings() => (Name, TokenLifespan) = (Provider, Lifetime);
    }
}
