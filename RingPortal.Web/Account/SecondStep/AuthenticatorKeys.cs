using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>
/// The keys of authenticator apps, in Identity's table of user tokens but sealed by the vault: whoever reads the database can
/// make no code. Identity's own authenticator store would keep them in clear.
/// </summary>
internal sealed class AuthenticatorKeys(RingPortalContext context, TokenVault vault)
{
    internal const string Provider = "RingPortal";
    private const string Confirmed = "authenticator";
    private const string Pending = "authenticator.new";
    private const string LastStep = "authenticator.step";

    /// <summary>The key that codes are made with; null when there is none.</summary>
    public Task<byte[]?> ConfirmedAsync(Guid userId, CancellationToken cancellationToken) => ReadAsync(userId, Confirmed, cancellationToken);

    /// <summary>The key that was shown and waits for its first code; null when there is none.</summary>
    public Task<byte[]?> PendingAsync(Guid userId, CancellationToken cancellationToken) => ReadAsync(userId, Pending, cancellationToken);

    /// <summary>Makes a new key that waits for its first code; an earlier one that waits is gone.</summary>
    public Task BeginAsync(Guid userId, CancellationToken cancellationToken)
    {
        var value = Convert.ToBase64String(vault.SealBytes(userId, VaultColumns.Authenticator, Totp.NewKey()));
        return WriteAsync(userId, Pending, value, cancellationToken);
    }

    /// <summary>The waiting key counts from now on, and codes up to this time step do not any more. In the caller's transaction.</summary>
    /// <returns>False when somebody else took it meanwhile.</returns>
    public async Task<bool> ConfirmAsync(Guid userId, long usedStep, CancellationToken cancellationToken)
    {
        await Rows(userId).Where(row => row.Name == Confirmed || row.Name == LastStep).ExecuteDeleteAsync(cancellationToken);
        if (await Rows(userId).Where(row => row.Name == Pending).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, Confirmed), cancellationToken) == 0)
        {
            return false;
        }

        await WriteAsync(userId, LastStep, usedStep.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return true;
    }

    /// <summary>Uses up a time step and all before it; false when that has happened already, on whatever instance.</summary>
    public async Task<bool> UseAsync(Guid userId, long step, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE user_tokens SET value = {step.ToString(CultureInfo.InvariantCulture)}
            WHERE user_id = {userId} AND login_provider = {Provider} AND name = {LastStep} AND value::bigint < {step}
            """,
            cancellationToken) == 1;

    /// <summary>Forgets everything about the second step of a person, recovery codes too.</summary>
    public Task ForgetAsync(Guid userId, CancellationToken cancellationToken) => Rows(userId).ExecuteDeleteAsync(cancellationToken);

    private async Task<byte[]?> ReadAsync(Guid userId, string name, CancellationToken cancellationToken) =>
        await Rows(userId).Where(row => row.Name == name).Select(row => row.Value).SingleOrDefaultAsync(cancellationToken) is { } value
            ? vault.OpenBytes(userId, VaultColumns.Authenticator, Convert.FromBase64String(value))
            : null;

    private Task<int> WriteAsync(Guid userId, string name, string value, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO user_tokens (user_id, login_provider, name, value) VALUES ({userId}, {Provider}, {name}, {value})
            ON CONFLICT (user_id, login_provider, name) DO UPDATE SET value = EXCLUDED.value
            """,
            cancellationToken);

    private IQueryable<IdentityUserToken<Guid>> Rows(Guid userId) => context.UserTokens.Where(row => row.UserId == userId && row.LoginProvider == Provider);
}
