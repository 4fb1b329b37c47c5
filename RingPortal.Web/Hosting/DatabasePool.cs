using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>Which pool the contexts of one scope use: pages by default, jobs where the scope says so.</summary>
internal sealed class DatabasePool(PortalDataSources sources)
{
    public NpgsqlDataSource Source { get; private set; } = sources.Web;

    /// <summary>Must be called before the scope's context is first resolved.</summary>
    public void UseJobs() => Source = sources.Jobs;
}
