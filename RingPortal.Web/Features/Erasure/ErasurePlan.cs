using RingPortal.Data.Erasure;
using RingPortal.Web.Features.Erasure.Steps;

namespace RingPortal.Web.Features.Erasure;

/// <summary>Who does which stage.</summary>
internal sealed class ErasurePlan(LinksStep links, RemovalsStep removals, DeliveriesStep deliveries, RecordsStep records, PersonStep person)
{
    /// <summary>The step of a stage.</summary>
    public IErasureStep Of(ErasureStage stage) => stage switch
    {
        ErasureStage.Links => links,
        ErasureStage.Removals => removals,
        ErasureStage.Deliveries => deliveries,
        ErasureStage.Records => records,
        ErasureStage.Person => person,
        _ => throw new InvalidOperationException($"There is nothing to do at {stage}."),
    };
}
