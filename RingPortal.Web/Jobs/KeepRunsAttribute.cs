using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace RingPortal.Web.Jobs;

/// <summary>Keeps what is known of the runs of a job that runs seldom: operators look at its last 20 runs.</summary>
/// <param name="days">For how many days.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepRunsAttribute(int days) : JobFilterAttribute, IApplyStateFilter
{
    /// <summary>For how many days.</summary>
    public int Days => days;

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction) => context.JobExpirationTimeout = TimeSpan.FromDays(days);

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        // How long it is kept is settled by the state that it comes into.
    }
}
