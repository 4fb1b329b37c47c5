using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;

namespace RingPortal.Web.Account.Staff;

/// <summary>
/// The one way in which staff changes anything: it asks the database again whether they still may, looks at the age of
/// their second factor and at the reason, and does the thing and its audit record in one transaction. What other
/// instances or pages are told comes after <see cref="ActOutcome.Done"/>, by the caller.
/// </summary>
/// <remarks>Each act has a scope and a context of its own: a circuit's page may be reading at the same time.</remarks>
public sealed partial class StaffActs(IServiceScopeFactory scopes, IOptions<IdentityOptions> identity, TimeProvider time, ILogger<StaffActs> logger)
{
    /// <summary>The shortest reason, in characters.</summary>
    public const int ShortestReason = 10;

    private const int LongestReason = 400;

    /// <summary>Makes a change.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="act">What is recorded.</param>
    /// <param name="effectAsync">The change itself, on the context it is given, inside its transaction; it may save.</param>
    /// <param name="cancellationToken">Stops it; then nothing is done.</param>
    public Task<ActOutcome> RunAsync(
        ClaimsPrincipal person, StaffAct act, Func<RingPortalContext, CancellationToken, Task<ActResult>> effectAsync, CancellationToken cancellationToken) =>
        RunAsync(person, act, (_, context, stop) => effectAsync(context, stop), cancellationToken);

    /// <summary>Makes a change with services whose scope, and so whose context and transaction, is the act's own.</summary>
    /// <inheritdoc cref="RunAsync(ClaimsPrincipal, StaffAct, Func{RingPortalContext, CancellationToken, Task{ActResult}}, CancellationToken)" path="/param" />
    public async Task<ActOutcome> RunAsync(
        ClaimsPrincipal person, StaffAct act, Func<IServiceProvider, RingPortalContext, CancellationToken, Task<ActResult>> effectAsync, CancellationToken cancellationToken)
    {
        if (StaffMember.Of(person) is not { IsAdmin: true } staff)
        {
            return new ActOutcome.NotAllowed();
        }

        if (!staff.MayAct(time.GetUtcNow()))
        {
            return new ActOutcome.StepNeeded();
        }

        return act.Reason.Trim() is { Length: >= ShortestReason } reason
            ? await RunAsync(person, staff, act with { Reason = reason[..Math.Min(reason.Length, LongestReason)] }, effectAsync, cancellationToken)
            : new ActOutcome.ReasonNeeded();
    }

    private async Task<ActOutcome> RunAsync(
        ClaimsPrincipal person, StaffMember staff, StaffAct act, Func<IServiceProvider, RingPortalContext, CancellationToken, Task<ActResult>> effectAsync, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await StillMayAsync(context, person, staff, cancellationToken))
        {
            Log.NoLonger(logger, staff.UserId, act.Action);
            return new ActOutcome.NotAllowed();
        }

        var result = await effectAsync(scope.ServiceProvider, context, cancellationToken);
        if (result.RefusalKey is { } why)
        {
            return new ActOutcome.Refused(why);
        }

        await scope.ServiceProvider.GetRequiredService<AuditTrail>().AddAsync(context, Entry(staff, act, result), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Done(logger, staff.UserId, act.Action, result.Count);
        return new ActOutcome.Done(result.Count);
    }

    /// <summary>A page outlives its session: the stamp, the role and the lock are those of this moment.</summary>
    private async Task<bool> StillMayAsync(RingPortalContext context, ClaimsPrincipal person, StaffMember staff, CancellationToken cancellationToken)
    {
        var known = await context.Users.AsNoTracking().Where(user => user.Id == staff.UserId)
            .Select(user => new
            {
                user.SecurityStamp,
                user.LockoutEnd,
                IsAdmin = context.UserRoles.Any(held => held.UserId == user.Id && context.Roles.Any(role => role.Id == held.RoleId && role.Name == PortalRoles.Admin)),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return known is { IsAdmin: true } && !AccountLock.IsByStaff(known.LockoutEnd)
            && known.SecurityStamp == person.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
    }

    private static AuditEntry Entry(StaffMember staff, StaffAct act, ActResult result) => new(act.Action, AuditActor.Staff)
    {
        ActorUserId = staff.UserId,
        SubjectUserId = act.SubjectUserId,
        Target = act.Target,
        Reason = act.Reason,
        Details = new { count = result.Count, facts = act.Details },
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Operator {UserId} did {Action} on {Count}")]
        public static partial void Done(ILogger logger, Guid userId, string action, int count);

        [LoggerMessage(2, LogLevel.Warning, "User {UserId} tried {Action} from a page that outlived their right to it")]
        public static partial void NoLonger(ILogger logger, Guid userId, string action);
    }
}
