namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>The views of the jobs page.</summary>
public enum JobTab
{
    /// <summary>Somebody works on them now.</summary>
    Running,

    /// <summary>Waiting for a worker or for their time.</summary>
    Waiting,

    /// <summary>Failed, and coming again by themselves.</summary>
    Retrying,

    /// <summary>Failed as often as is sensible: they need a decision.</summary>
    Stopped,

    /// <summary>Succeeded or deleted; kept for a while.</summary>
    Done,

    /// <summary>The timetable.</summary>
    Recurring,

    /// <summary>Removals of cameras and connections, step by step.</summary>
    Teardowns,
}

/// <summary>What a tab stands for in the storage.</summary>
public static class JobTabs
{
    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<JobTab> All { get; } = Enum.GetValues<JobTab>();

    /// <summary>Its name in the address.</summary>
    public static string Slug(this JobTab tab) => tab.ToString().ToLowerInvariant();

    /// <summary>The tab with this name in the address; null for anything else.</summary>
    public static JobTab? Read(string? text) => All.Cast<JobTab?>().FirstOrDefault(tab => tab!.Value.Slug() == text);

    /// <summary>Whether it lists jobs of the storage.</summary>
    public static bool IsList(this JobTab tab) => tab < JobTab.Recurring;

    /// <summary>Hangfire's names of the states it shows.</summary>
    public static string[] States(this JobTab tab) => tab switch
    {
        JobTab.Running => ["Processing"],
        JobTab.Waiting => ["Enqueued", "Scheduled", "Awaiting"],
        JobTab.Retrying => ["Scheduled"],
        JobTab.Stopped => ["Failed"],
        JobTab.Done => ["Succeeded", "Deleted"],
        _ => [],
    };

    /// <summary>Whether jobs there can be started anew.</summary>
    public static bool CanRetry(this JobTab tab) => tab is JobTab.Retrying or JobTab.Stopped;

    /// <summary>Whether jobs there can be deleted.</summary>
    public static bool CanDelete(this JobTab tab) => tab is JobTab.Waiting or JobTab.Retrying or JobTab.Stopped;
}
