using System.Security.Claims;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>What operators do to jobs and to the timetable, with a reason in the audit trail.</summary>
internal sealed class JobActs(StaffActs acts, JobSearch search, IBackgroundJobClient jobs, IRecurringJobManager timetable, TimeProvider clock)
{
    /// <summary>The most that are chosen one by one.</summary>
    public const int MostChosen = 200;

    /// <summary>Does it to these jobs, those of them that can still bear it.</summary>
    public Task<ActOutcome> ChangeAsync(ClaimsPrincipal person, JobAct act, IReadOnlyList<long> ids, string reason, CancellationToken cancellationToken) => acts.RunAsync(
        person,
        new StaffAct(Action(act), ids is [var only] ? $"job:{only}" : null, reason) { Details = new { jobs = ids } },
        async (context, stop) =>
        {
            // In the act's own transaction: the storage is the same database.
            await using var command = ((NpgsqlConnection)context.Database.GetDbConnection()).CreateCommand();
            command.CommandText = JobChange.Sql(act, "job.id = ANY(@ids) AND job.statename = ANY(@states)");
            command.Parameters.AddWithValue("ids", ids.ToArray());
            command.Parameters.AddWithValue("states", JobChange.States(act));
            JobChange.Fill(command, act, MostChosen, clock.GetUtcNow());
            var (count, _) = await JobChange.RunAsync(command, stop);
            return count == 0 ? new ActResult(0, "admin.jobs.refused.gone") : new ActResult(count);
        },
        cancellationToken);

    /// <summary>Orders it for all jobs that match now; a job carries it out in chunks.</summary>
    /// <param name="person">Who orders it.</param>
    /// <param name="act">What is done.</param>
    /// <param name="filter">Which jobs; its place in the list does not matter.</param>
    /// <param name="matched">How many the operator was told.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops it before it is ordered.</param>
    public async Task<ActOutcome> ChangeAllAsync(ClaimsPrincipal person, JobAct act, JobFilter filter, int matched, string reason, CancellationToken cancellationToken)
    {
        var match = await search.ResolveAsync(filter, cancellationToken);
        if (match.Id is { } only)
        {
            return await ChangeAsync(person, act, [only], reason, cancellationToken);
        }

        if (!(act is JobAct.Retry ? match.Tab.CanRetry() : match.Tab.CanDelete()))
        {
            return new ActOutcome.Refused("admin.jobs.refused.tab");
        }

        return await acts.RunAsync(
            person,
            new StaffAct(Action(act) + "-ordered", null, reason) { Details = new { tab = match.Tab.Slug(), type = match.Type, subjects = match.Subjects, matched } },
            async (context, stop) =>
            {
                var through = (await context.Database.SqlQuery<long>($"""SELECT coalesce(max(id), 0) AS "Value" FROM hangfire.job""").ToListAsync(stop))[0];
                var (verb, tab, subjects) = (act.ToString(), match.Tab.Slug(), match.Subjects is null ? null : string.Join(',', match.Subjects));
                jobs.Enqueue<ChangeJobsJob>(job => job.RunAsync(verb, tab, match.Type, subjects, through, matched, null, CancellationToken.None));
                return new ActResult(matched);
            },
            cancellationToken);
    }

    /// <summary>Runs an entry of the timetable now, beside its usual times.</summary>
    public Task<ActOutcome> RunNowAsync(ClaimsPrincipal person, string recurringId, string reason, CancellationToken cancellationToken) => acts.RunAsync(
        person,
        new StaffAct("job.run-now", $"recurring:{recurringId}", reason),
        async (context, stop) =>
        {
            var known = (await context.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM hangfire.set WHERE key = 'recurring-jobs' AND value = {recurringId}""").ToListAsync(stop))[0];
            if (known == 0)
            {
                return new ActResult(0, "admin.jobs.refused.entry");
            }

            timetable.Trigger(recurringId);
            return new ActResult(1);
        },
        cancellationToken);

    private static string Action(JobAct act) => act is JobAct.Retry ? "job.retried" : "job.deleted";
}
