using RingPortal.Data.Erasure;

namespace RingPortal.Web.Features.Erasure.Steps;

/// <summary>One stage of an erasure; safe to repeat whole.</summary>
internal interface IErasureStep
{
    /// <summary>Does it as far as it goes.</summary>
    /// <param name="work">What is erased; its account is known.</param>
    /// <param name="userId">The account.</param>
    /// <param name="cancellationToken">Stops between parts.</param>
    /// <returns>The stage to go on with; the same one when others must end first.</returns>
    Task<ErasureStage> RunAsync(ErasureWork work, Guid userId, CancellationToken cancellationToken);
}
