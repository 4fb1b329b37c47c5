using RingPortal.Web.Features.Teardown.Steps;

namespace RingPortal.Web.Features.Teardown;

/// <summary>The steps in their order (design 7). Names are stored: renaming one repeats it.</summary>
internal sealed class TeardownPlan(SessionsStep sessions, WorkStep work, ArchiveStep archive, DeleteStep delete, ToldStep told)
{
    /// <summary>The first step, done where the removal is learnt of: pages change with that commit.</summary>
    public const string Marked = "marked";

    /// <summary>What is left to do afterwards, in this order.</summary>
    public IReadOnlyList<ITeardownStep> Steps { get; } = [sessions, work, archive, delete, told];
}
