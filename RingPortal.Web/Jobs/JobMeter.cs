using System.Diagnostics;
using Hangfire.Common;
using Hangfire.Server;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Jobs;

/// <summary>Measures every run of every job. One of its own for each portal of a process, beside Hangfire's static filters.</summary>
internal sealed class JobMeter(PortalMetrics metrics) : IServerFilter, IJobFilterProvider
{
    private const string Started = "ringportal.started";

    /// <inheritdoc />
    public IEnumerable<JobFilter> GetFilters(Job job) => JobFilterProviders.Providers.GetFilters(job).Append(new JobFilter(this, JobFilterScope.Global, order: null));

    /// <inheritdoc />
    public void OnPerforming(PerformingContext context) => context.Items[Started] = Stopwatch.GetTimestamp();

    /// <inheritdoc />
    public void OnPerformed(PerformedContext context)
    {
        if (context.Items.TryGetValue(Started, out var started))
        {
            metrics.JobRan(context.BackgroundJob.Job.Type.Name, context.Exception is null ? "succeeded" : "failed", Stopwatch.GetElapsedTime((long)started));
        }
    }
}
