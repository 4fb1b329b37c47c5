namespace RingPortal.Web.Hosting.Embedded;

/// <summary>Starts the embedded database before every other service of the host and ends it after all of them.</summary>
internal sealed class EmbeddedDatabaseService(EmbeddedDatabase database, ILogger<EmbeddedDatabaseService> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => database.StartAsync(logger, cancellationToken);

    public async Task StoppedAsync(CancellationToken cancellationToken) => await database.DisposeAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
