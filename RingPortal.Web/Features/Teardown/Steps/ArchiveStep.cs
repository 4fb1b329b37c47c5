using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Audit;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>
/// Keeps what is to be deleted as it was, one sealed archive for each teardown; the trail covers its digest. Written
/// outside the transaction and stored inside it, so that nobody waits for a large household.
/// </summary>
internal sealed class ArchiveStep(RingPortalContext context, ArchiveWriter writer, Archives archives, AuditTrail audit) : ITeardownStep
{
    public string Name => "archive";

    public async Task<Func<CancellationToken, Task<StepResult>>> PrepareAsync(TeardownWork work, Func<CancellationToken, Task> keepAsync, CancellationToken cancellationToken)
    {
        if (work.UserId is not { } userId)
        {
            return Nothing("nobody's, nothing to keep");
        }

        // What nobody may ever open need not be written: its key is about to be destroyed.
        if (await context.Erasures.AnyAsync(erasure => erasure.UserId == userId, cancellationToken))
        {
            return Nothing("the person is being erased, nothing to keep");
        }

        await keepAsync(cancellationToken);
        var content = await writer.WriteAsync(work, cancellationToken);
        if (content.Cameras == 0 && work.Kind is TeardownKind.Device)
        {
            return Nothing("gone with its connection");
        }

        var archive = await archives.SealAsync(context, userId, work.Id, content.Compressed, cancellationToken);
        return archive is null ? Nothing("the person is erased, nothing to keep") : token => StoreAsync(work, archive, content, token);
    }

    private static Func<CancellationToken, Task<StepResult>> Nothing(string why) => _ => Task.FromResult(new StepResult(why));

    private async Task<StepResult> StoreAsync(TeardownWork work, Archive archive, ArchiveContent content, CancellationToken cancellationToken)
    {
        context.Archives.Add(archive);
        var (action, target) = work.Kind is TeardownKind.Device ? ("device.archived", $"device:{work.DeviceId}") : ("link.archived", $"link:{work.RingTokenId}");
        await audit.AddAsync(
            context,
            new AuditEntry(action, AuditActor.Portal)
            {
                SubjectUserId = work.UserId,
                Target = target,
                Details = new { teardown = work.Id, cameras = content.Cameras, events = content.Events, bytes = archive.Content.Length },
                Archive = archive,
            },
            cancellationToken);
        return new StepResult($"{Amount.Of(content.Cameras, "camera")} with {Amount.Of(content.Events, "event")} as archive {archive.Id}");
    }
}
