using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Audit;

/// <summary>Seals the audit trail each minute, and records when other keys than before are in use. Safe to run anywhere, twice at once.</summary>
internal sealed class SealAuditJob(RingPortalContext context, AuditSealer sealer, AuditTrail audit, AuditSealKeys keys, TokenVault vault)
{
    public const string KeysAction = "key.used";

    /// <summary>Runs once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await NoteKeysAsync(cancellationToken);
        await sealer.SealAsync(cancellationToken);
    }

    private async Task NoteKeysAsync(CancellationToken cancellationToken)
    {
        var inUse = $"vault {vault.KeyId}, seals {Convert.ToHexStringLower(keys.NewestId)}";
        var noted = await context.AuditRecords.Where(record => record.Action == KeysAction).OrderByDescending(record => record.Id)
            .Select(record => record.Reason).FirstOrDefaultAsync(cancellationToken);
        if (noted != inUse)
        {
            await audit.AddAsync(context, new AuditEntry(KeysAction, AuditActor.Portal) { Reason = inUse }, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
