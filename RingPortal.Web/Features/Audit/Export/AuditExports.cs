using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Audit.Desk;

namespace RingPortal.Web.Features.Audit.Export;

/// <summary>
/// Exports of the trail, which the trail itself tells of twice: that one was asked for, by whom, why and with which filter; and
/// what was handed out, with its digest. There is no other place where they are written down.
/// </summary>
internal sealed class AuditExports(StaffActs acts, IServiceScopeFactory scopes, AuditTrail audit, TimeProvider clock)
{
    public const string AskedAction = "audit.export.asked";
    public const string DoneAction = "audit.exported";

    /// <summary>So long after the asking it may be fetched; a second factor lasts no longer.</summary>
    private static readonly TimeSpan s_valid = TimeSpan.FromMinutes(15);

    /// <summary>Asks for an export.</summary>
    /// <returns>The outcome, and the export when it is done.</returns>
    public async Task<(ActOutcome Outcome, Guid Export)> AskAsync(ClaimsPrincipal person, AuditFilter filter, AuditExportForm form, string reason, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var act = new StaffAct(AskedAction, Target(id), reason) { Details = new AuditExportOrder(form, filter) };
        return (await acts.RunAsync(person, act, (_, _) => Task.FromResult(new ActResult(1)), cancellationToken), id);
    }

    /// <summary>What is to be handed out; null when this person has not asked for it, or long ago, or it was handed out already.</summary>
    public async Task<AuditExportOrder?> OrderAsync(Guid id, Guid userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var (target, oldest) = (Target(id), clock.GetUtcNow() - s_valid);
        var told = await context.AuditRecords.AsNoTracking().Where(row => row.Target == target)
            .Select(row => new { row.Id, row.At, row.Action, row.Details, Asker = context.AuditSubjects.Where(subject => subject.Id == row.ActorId).Select(subject => (Guid?)subject.UserId).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return told is [{ Action: AskedAction, Details: { } details } asked] && asked.Asker == userId && asked.At >= oldest
            ? JsonSerializer.Deserialize<Recorded>(details, JsonSerializerOptions.Web)?.Facts is { } order ? order with { Through = asked.Id } : null
            : null;
    }

    /// <summary>Writes down what was handed out.</summary>
    public async Task DoneAsync(Guid id, Guid userId, AuditExported exported, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        await audit.AddAsync(context, new AuditEntry(DoneAction, AuditActor.Staff) { ActorUserId = userId, Target = Target(id), Details = exported }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What was handed out; null while it was not, or not whole.</summary>
    public async Task<AuditExported?> ExportedAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var target = Target(id);
        var details = await Context(scope).AuditRecords.AsNoTracking().Where(row => row.Target == target && row.Action == DoneAction)
            .Select(row => row.Details).FirstOrDefaultAsync(cancellationToken);
        return details is null ? null : JsonSerializer.Deserialize<AuditExported>(details, JsonSerializerOptions.Web);
    }

    private static string Target(Guid id) => $"export:{id}";

    private static RingPortalContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<RingPortalContext>();

    private sealed record Recorded(AuditExportOrder? Facts);
}

/// <summary>What is to be handed out.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Filter">Which records.</param>
internal sealed record AuditExportOrder(AuditExportForm Form, AuditFilter Filter)
{
    /// <summary>The record of the asking: nothing newer is in the export.</summary>
    public long Through { get; init; }
}

/// <summary>What was handed out.</summary>
/// <param name="Records">How many records.</param>
/// <param name="Bytes">How many bytes.</param>
/// <param name="Sha256">SHA-256 of these bytes, hexadecimal.</param>
internal sealed record AuditExported(long Records, long Bytes, string Sha256);
