namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>One job.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Type">Short name of its kind.</param>
/// <param name="Method">What of it runs, when it can do several things.</param>
/// <param name="Subject">Key of what it is about; null when it is about nothing in particular.</param>
/// <param name="State">Hangfire's name of its state.</param>
/// <param name="IsRetry">Whether it failed before and comes again by itself.</param>
/// <param name="Tries">How often it was begun.</param>
/// <param name="Duration">How long it ran, or has been running; null when it does not tell.</param>
/// <param name="At">When it came into this state (UTC).</param>
/// <param name="NextAt">When it runs next (UTC).</param>
/// <param name="Error">Kind of its last failure.</param>
public sealed record JobRow(
    long Id, string Type, string Method, string? Subject, string State, bool IsRetry, int Tries, TimeSpan? Duration, DateTimeOffset? At, DateTimeOffset? NextAt, string? Error);

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Rows">The jobs.</param>
/// <param name="HasOlder">Whether there are more.</param>
public sealed record JobList(IReadOnlyList<JobRow> Rows, bool HasOlder);

/// <summary>A moment in the life of a job.</summary>
/// <param name="State">Hangfire's name of the state it came into.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Reason">Why.</param>
/// <param name="Instance">Who ran it.</param>
/// <param name="Duration">How long that took.</param>
/// <param name="DueAt">When it was to run (UTC).</param>
/// <param name="Error">Kind and message of a failure.</param>
/// <param name="ErrorDetails">The failure with its places in the code.</param>
/// <param name="Result">What it came to.</param>
public sealed record JobMoment(
    string State, DateTimeOffset At, string? Reason, string? Instance, TimeSpan? Duration, DateTimeOffset? DueAt, string? Error, string? ErrorDetails, string? Result);

/// <summary>One job with its whole life.</summary>
/// <param name="Row">The job.</param>
/// <param name="CreatedAt">When it was handed in (UTC).</param>
/// <param name="ExpiresAt">Until when it is kept (UTC).</param>
/// <param name="RecurringId">The entry in the timetable that it comes from.</param>
/// <param name="Arguments">What it was given: ids.</param>
/// <param name="Moments">Its life, in order.</param>
public sealed record JobDetail(
    JobRow Row, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string? RecurringId, IReadOnlyList<string> Arguments, IReadOnlyList<JobMoment> Moments);

/// <summary>How jobs of one kind fared among those that ended last.</summary>
/// <param name="Type">Short name of the kind.</param>
/// <param name="Succeeded">How many went well.</param>
/// <param name="Failed">How many stopped.</param>
/// <param name="Retrying">How many come again.</param>
/// <param name="Median">Half of those that went well took no longer.</param>
/// <param name="Longest">The longest of them.</param>
public sealed record JobTypeFigures(string Type, int Succeeded, int Failed, int Retrying, TimeSpan? Median, TimeSpan? Longest);

/// <summary>An entry in the timetable.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Type">Short name of the kind of job.</param>
/// <param name="Cron">When it runs, as a cron expression in UTC.</param>
/// <param name="NextAt">When it runs next (UTC).</param>
/// <param name="Error">Why it could not be started.</param>
/// <param name="Runs">Its last runs that are still known, oldest first.</param>
public sealed record RecurringRow(string Id, string Type, string Cron, DateTimeOffset? NextAt, string? Error, IReadOnlyList<RecurringRun> Runs);

/// <summary>One run of an entry in the timetable.</summary>
/// <param name="JobId">Number of the job.</param>
/// <param name="State">Hangfire's name of its state.</param>
/// <param name="IsRetry">Whether it failed and comes again.</param>
/// <param name="At">When it was begun (UTC).</param>
/// <param name="Duration">How long it took.</param>
public sealed record RecurringRun(long JobId, string State, bool IsRetry, DateTimeOffset At, TimeSpan? Duration);

/// <summary>One instance that works on jobs.</summary>
/// <param name="Name">Host and process.</param>
/// <param name="Workers">How many jobs it can run at once.</param>
/// <param name="StartedAt">Since when it works (UTC).</param>
/// <param name="SeenAt">When it last gave a sign (UTC).</param>
/// <param name="Running">What it runs now: numbers and kinds.</param>
public sealed record WorkerRow(string Name, int Workers, DateTimeOffset? StartedAt, DateTimeOffset SeenAt, IReadOnlyList<WorkerJob> Running);

/// <summary>A job that runs now.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Type">Short name of its kind.</param>
public sealed record WorkerJob(long Id, string Type);

/// <summary>An act on many jobs that is being carried out, or was a moment ago.</summary>
/// <param name="JobId">The job that carries it out.</param>
/// <param name="Act">What is done.</param>
/// <param name="Done">How many so far.</param>
/// <param name="Matched">How many there were when it was decided.</param>
/// <param name="IsOver">Whether it has come to its end.</param>
public sealed record BulkProgress(long JobId, JobAct Act, int Done, int Matched, bool IsOver);
