namespace RingPortal.Web.Hosting.StartUp;

/// <summary>
/// The host logs a failed start with its stack trace before it throws. <see cref="StartUpGuard"/> tells the same in a
/// sentence, so that log is held back until the portal has started; afterwards the host's log is whole.
/// </summary>
internal sealed class HostFailureFilter : IHostedLifecycleService
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _started;

    public static void AddTo(WebApplicationBuilder builder)
    {
        var filter = new HostFailureFilter();
        builder.Services.AddHostedService(_ => filter);
        builder.Logging.AddFilter(HostCategory, level => filter._started && level >= LogLevel.Information);
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
