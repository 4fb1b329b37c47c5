namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>What the page of jobs reads and does, in one hand.</summary>
/// <param name="Jobs">Jobs by state.</param>
/// <param name="Timetable">The timetable, instances, kinds of job.</param>
/// <param name="Teardowns">Removals.</param>
/// <param name="Bulks">Acts on many jobs.</param>
/// <param name="Acts">What operators do.</param>
internal sealed record JobDesk(JobQueries Jobs, TimetableQueries Timetable, TeardownQueries Teardowns, BulkQueries Bulks, JobActs Acts);
