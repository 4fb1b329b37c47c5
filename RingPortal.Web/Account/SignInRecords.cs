using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;

namespace RingPortal.Web.Account;

/// <summary>Records who signed in, who failed to and who left.</summary>
public sealed class SignInRecords(IServiceScopeFactory scopes, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Somebody signed in.</summary>
    public Task SucceededAsync(Guid userId, CancellationToken cancellationToken) => AddAsync("sign-in.succeeded", userId, cancellationToken);

    /// <summary>Somebody signed out: that the session is over and its record are stored together or not at all.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="sessionId">The session; null for one from before sessions had names, which ends in the browser alone.</param>
    /// <param name="cancellationToken">Stops it; then the session goes on.</param>
    public Task EndedAsync(Guid userId, Guid? sessionId, CancellationToken cancellationToken) => AddAsync("sign-in.ended", userId, async context =>
    {
        if (sessionId is { } id)
        {
            await context.Database.ExecuteSqlAsync($"INSERT INTO ended_sessions (id, ended_at) VALUES ({id}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", cancellationToken);
        }
    }, cancellationToken);

    /// <summary>
    /// A password did not fit an account that exists. Written after the answer has left: otherwise its duration would tell
    /// which accounts there are.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="userId">The account that was tried.</param>
    /// <param name="locked">Whether this try locked it.</param>
    public void FailedLater(HttpContext http, Guid userId, bool locked) => FailedLater(http, "sign-in.failed", userId, locked);

    /// <summary>A second factor was wrong.</summary>
    /// <inheritdoc cref="FailedLater(HttpContext, Guid, bool)" />
    public void CodeFailedLater(HttpContext http, Guid userId, bool locked) => FailedLater(http, "sign-in.code-failed", userId, locked);

    private void FailedLater(HttpContext http, string action, Guid userId, bool locked) => http.Response.OnCompleted(async () =>
    {
        await AddAsync(action, userId, CancellationToken.None);
        if (locked)
        {
            await AddAsync("sign-in.locked", userId, CancellationToken.None);
        }
    });

    private Task AddAsync(string action, Guid userId, CancellationToken cancellationToken) => AddAsync(action, userId, _ => Task.CompletedTask, cancellationToken);

    private async Task AddAsync(string action, Guid userId, Func<RingPortalContext, Task> alsoAsync, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await alsoAsync(context);
        // Who failed is not known to be the person.
        var actor = action is "sign-in.failed" or "sign-in.code-failed" or "sign-in.locked" ? (Guid?)null : userId;
        await audit.AddAsync(context, new AuditEntry(action, actor is null ? AuditActor.Portal : AuditActor.Person) { ActorUserId = actor, SubjectUserId = userId }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
