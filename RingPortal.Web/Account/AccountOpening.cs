using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Web.Account.Passwords;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Account;

/// <summary>Opens accounts of consumers; staff comes by seeding only.</summary>
public sealed class AccountOpening(
    RingPortalContext context, UserManager<PortalUser> users, ConfirmationMail mail, OutboxWake wake, AuditTrail audit, TimeProvider time)
{
    public async Task<SignUpOutcome> OpenAsync(string email, string password, string? timeZone, CancellationToken cancellationToken)
    {
        if (!EmailAddress.IsPlausible(email))
        {
            return new SignUpOutcome.BadEmail();
        }

        var user = new PortalUser { UserName = email, Email = email, CreatedAt = time.GetUtcNow(), TimeZone = TimeZones.OrNull(timeZone) };
        try
        {
            var result = await StoreAsync(user, password, cancellationToken);
            if (!result.Succeeded)
            {
                return Refusal(result);
            }
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody opened the same account between the look-up and the insert.
            context.ChangeTracker.Clear();
            return new SignUpOutcome.Taken();
        }

        wake.Wake();
        return new SignUpOutcome.Created(user);
    }

    private async Task<IdentityResult> StoreAsync(PortalUser user, string password, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var result = await users.CreateAsync(user, password);
        if (result.Succeeded)
        {
            await mail.AddAsync(user, cancellationToken);
            await audit.AddAsync(
                context, new AuditEntry("account.created", AuditActor.Person) { ActorUserId = user.Id, SubjectUserId = user.Id }, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }

    /// <summary>What Identity refused, in our words.</summary>
    internal static SignUpOutcome Refusal(IdentityResult result)
    {
        var codes = result.Errors.Select(error => error.Code).ToHashSet();
        return codes switch
        {
            _ when codes.Contains(nameof(IdentityErrorDescriber.PasswordTooShort)) => new SignUpOutcome.TooShort(),
            _ when codes.Contains(PasswordRules.TooLong) => new SignUpOutcome.TooLong(),
            _ when codes.Contains(PasswordRules.Common) => new SignUpOutcome.Common(),
            _ when codes.Contains(nameof(IdentityErrorDescriber.DuplicateEmail)) || codes.Contains(nameof(IdentityErrorDescriber.DuplicateUserName))
                => new SignUpOutcome.Taken(),
            _ when codes.Contains(nameof(IdentityErrorDescriber.InvalidEmail)) || codes.Contains(nameof(IdentityErrorDescriber.InvalidUserName))
                => new SignUpOutcome.BadEmail(),
            _ => throw new InvalidOperationException($"Identity refused an account: {string.Join(", ", codes)}."),
        };
    }
}
