using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;

namespace RingPortal.Web.Account.Staff;

/// <summary>Creates the roles and, once if absent, the first administrator.</summary>
internal sealed partial class AdminSeeder(
    RingPortalContext context,
    UserManager<PortalUser> users,
    RoleManager<IdentityRole<Guid>> roles,
    IOptions<AdminOptions> options,
    AuditTrail audit,
    TimeProvider time,
    ILogger<AdminSeeder> logger)
{
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await StartLock.TakeAsync(context, StartLock.Staff, cancellationToken);
        await EnsureRoleAsync(PortalRoles.Admin);
        await EnsureRoleAsync(PortalRoles.Support);
        if (options.Value is { Email.Length: > 0, Password.Length: > 0 } first)
        {
            await EnsureAdminAsync(first.Email, first.Password, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task EnsureRoleAsync(string name)
    {
        if (!await roles.RoleExistsAsync(name))
        {
            Check(await roles.CreateAsync(new IdentityRole<Guid>(name) { Id = Guid.CreateVersion7() }));
        }
    }

    private async Task EnsureAdminAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is { } present)
        {
            // A consumer may have taken the address first: a setting must not turn their account into staff.
            if (!await users.IsInRoleAsync(present, PortalRoles.Admin))
            {
                Log.AddressTaken(logger, present.Id);
            }

            return;
        }

        var user = new PortalUser { UserName = email, Email = email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
        Check(await users.CreateAsync(user, password));
        Check(await users.AddToRoleAsync(user, PortalRoles.Admin));
        await audit.AddAsync(
            context, new AuditEntry("staff.seeded", AuditActor.Portal) { SubjectUserId = user.Id, Details = new { role = PortalRoles.Admin } }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        Log.Created(logger, user.Id);
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new OptionsValidationException(
                AdminOptions.Section, typeof(AdminOptions),
                [$"Admin__Email or Admin__Password was refused ({string.Join(", ", result.Errors.Select(error => error.Code))}); use a longer password that is hard to guess."]);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The first administrator {UserId} was created.")]
        public static partial void Created(ILogger logger, Guid userId);

        [LoggerMessage(2, LogLevel.Warning, "Admin__Email belongs to account {UserId}, which is no administrator; nobody was created.")]
        public static partial void AddressTaken(ILogger logger, Guid userId);
    }
}
