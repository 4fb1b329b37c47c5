using Hangfire.PostgreSql;
using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Jobs;

/// <summary>Hangfire's connections come from its own pool.</summary>
internal sealed class HangfireConnections(PortalDataSources sources) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => sources.Hangfire.CreateConnection();
}
