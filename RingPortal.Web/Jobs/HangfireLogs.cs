using Hangfire.AspNetCore;
using Hangfire.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RingPortal.Web.Jobs;

/// <summary>
/// Hangfire keeps its log provider in a static field. In a process with several hosts the field may hold the provider
/// of one that is gone, and asking that for a logger would stop the workers of those that live: they go on without a log.
/// </summary>
internal sealed class HangfireLogs(ILoggerFactory factory) : ILogProvider
{
    private static readonly AspNetCoreLogProvider s_silent = new(NullLoggerFactory.Instance);
    private readonly AspNetCoreLogProvider _host = new(factory);

    public ILog GetLogger(string name)
    {
        try
        {
            return _host.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return s_silent.GetLogger(name);
        }
    }
}
