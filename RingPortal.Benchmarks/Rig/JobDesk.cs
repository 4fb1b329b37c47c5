using System.Globalization;
using System.Linq.Expressions;
using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.States;
using RingPortal.Migrations;

namespace RingPortal.Benchmarks.Rig;

/// <summary>Hands jobs to the portal's own storage, as an operator's "run now" does, and reads what became of them.</summary>
internal sealed class JobDesk
{
    private readonly PostgreSqlStorage _storage;

    /// <param name="connectionString">How the portal's role reaches its database.</param>
    public JobDesk(string connectionString)
    {
        var options = new PostgreSqlStorageOptions { SchemaName = PortalMigrator.HangfireSchema, PrepareSchemaIfNecessary = false, EnableTransactionScopeEnlistment = false };
        _storage = new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString + ";Enlist=false", options), options);
    }

    /// <summary>Hands in a job and answers with its number.</summary>
    public long Run<TJob>(Expression<Func<TJob, Task>> call) =>
        long.Parse(new BackgroundJobClient(_storage).Create(Job.FromExpression(call), new EnqueuedState()), CultureInfo.InvariantCulture);

    /// <summary>Name of its last state.</summary>
    public string? StateOf(long job) => _storage.GetMonitoringApi().JobDetails(job.ToString(CultureInfo.InvariantCulture)).History.MaxBy(state => state.CreatedAt)?.StateName;
}
