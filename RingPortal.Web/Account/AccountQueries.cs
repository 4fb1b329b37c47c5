using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;

namespace RingPortal.Web.Account;

/// <summary>What the account page shows.</summary>
/// <param name="Email">The e-mail.</param>
/// <param name="EmailConfirmed">Whether it is confirmed.</param>
/// <param name="TimeZone">IANA zone, or null when none was told.</param>
/// <param name="RingAccounts">How many Ring accounts are connected, those that need the person included.</param>
/// <param name="MailingCameras">About how many cameras the person gets e-mails.</param>
/// <param name="HasSecondStep">Whether sign-in asks for a second factor.</param>
internal sealed record AccountOverview(string Email, bool EmailConfirmed, string? TimeZone, int RingAccounts, int MailingCameras, bool HasSecondStep);

internal sealed class AccountQueries(RingPortalContext context)
{
    private static readonly RingTokenState[] Connected =
        [RingTokenState.Confirmed, RingTokenState.Active, RingTokenState.ReauthRequired];

    public Task<AccountOverview?> OverviewAsync(Guid userId, CancellationToken cancellationToken) =>
        context.Users.AsNoTracking().Where(user => user.Id == userId)
            .Select(user => new AccountOverview(
                user.Email!, user.EmailConfirmed, user.TimeZone,
                context.RingTokens.Count(token => token.UserId == userId && Connected.Contains(token.State)),
                context.Devices.Count(device => device.UserId == userId && context.NotificationPreferences.Any(chosen =>
                    chosen.DeviceId == device.Id && chosen.UserId == userId && chosen.StoppedAt == null && (chosen.Press || chosen.Person || chosen.Offline))),
                user.TwoFactorEnabled))
            .FirstOrDefaultAsync(cancellationToken);
}
