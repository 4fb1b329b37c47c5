namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>What an operator does to jobs.</summary>
public enum JobAct
{
    /// <summary>They wait for a worker again, with the tries that are left.</summary>
    Retry,

    /// <summary>They run no more; what runs is told to stop.</summary>
    Delete,
}
