using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Erasure;
using RingPortal.Web.Features.Webhooks.Dispatch;

namespace RingPortal.Web.Features.Erasure.Steps;

/// <summary>
/// Waits for what is already on its way: batches of deliveries that may have read a connection before it ended, then the
/// removals, whose own jobs end live views and delete cameras and events in chunks.
/// </summary>
internal sealed class RemovalsStep(RingPortalContext context) : IErasureStep
{
    public async Task<ErasureStage> RunAsync(ErasureWork work, Guid userId, CancellationToken cancellationToken) =>
        await DispatchBarrier.PassAsync(context, cancellationToken)
        && !await context.Teardowns.AnyAsync(teardown => teardown.UserId == userId && teardown.CompletedAt == null, cancellationToken)
            ? ErasureStage.Deliveries
            : ErasureStage.Removals;
}
