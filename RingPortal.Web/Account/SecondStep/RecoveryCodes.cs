using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>
/// Ten codes of 80 bits for whoever lost their authenticator, each good once. Only their digests are kept: 80 random bits need
/// no slow hash.
/// </summary>
internal sealed class RecoveryCodes(RingPortalContext context)
{
    /// <summary>How many there are at first.</summary>
    public const int Count = 10;

    private const string Prefix = "recovery.";
    private const int CodeLength = 10;

    /// <summary>Makes new ones; all earlier ones stop. In the caller's unit of work, which saves. Nobody sees them a second time.</summary>
    public async Task<IReadOnlyList<string>> RenewAsync(Guid userId, CancellationToken cancellationToken)
    {
        await Rows(userId).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, Count).Select(_ => Base32.Encode(RandomNumberGenerator.GetBytes(CodeLength))).ToList();
        context.UserTokens.AddRange(codes.Select((code, number) => new IdentityUserToken<Guid>
        {
            UserId = userId,
            LoginProvider = AuthenticatorKeys.Provider,
            Name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}"),
            Value = Digest(userId, code),
        }));
        return [.. codes.Select(code => Base32.Grouped(code, '-'))];
    }

    /// <summary>Uses up a code; false when it is none of this person's, or was used already.</summary>
    public async Task<bool> UseAsync(Guid userId, string typed, CancellationToken cancellationToken)
    {
        var digest = Digest(userId, Base32.Bare(typed));
        return await Rows(userId).Where(row => row.Value == digest).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>How many are left.</summary>
    public Task<int> LeftAsync(Guid userId, CancellationToken cancellationToken) => Rows(userId).CountAsync(cancellationToken);

    private IQueryable<IdentityUserToken<Guid>> Rows(Guid userId) =>
        context.UserTokens.Where(row => row.UserId == userId && row.LoginProvider == AuthenticatorKeys.Provider && row.Name.StartsWith(Prefix));

    private static string Digest(Guid userId, string code) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{userId:N}:{code}")));
}
