using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Features.Tokens.Reseal;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting;

/// <summary>
/// Finds out at start whether the database keeps what it confirms, whether its schema is the one this version needs and
/// whether every key that its tokens are sealed under is loaded, and keeps asking until all are so. A database that
/// answers at once and loses commits stops the start.
/// </summary>
internal sealed partial class SchemaWatch(
    IServiceScopeFactory scopes, PortalDataSources sources, PortalReadiness readiness, TokenVault vault, IHostEnvironment environment, ILogger<SchemaWatch> logger) : BackgroundService
{
    /// <exception cref="StartUpException">Commits are not safe.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await CommitSafety.FindProblemAsync(sources.Webhook, environment.IsDevelopment(), cancellationToken) is { } problem)
            {
                throw new StartUpException(problem);
            }
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            // Instances must be able to start while the database is away; the question is asked again.
            Log.Unreachable(logger, exception);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            if (await IsReadyAsync(stoppingToken))
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await AreCommitsSafeAsync(cancellationToken))
            {
                return false;
            }

            readiness.CommitsAreSafe();
            if (!await IsSchemaHereAsync(cancellationToken))
            {
                return false;
            }

            readiness.SchemaIsReady();
            if (await VaultKeysInUse.FindMissingAsync(sources.Jobs, vault, cancellationToken) is { Count: > 0 } missing)
            {
                Log.KeysMissing(logger, string.Join(", ", missing));
                return false;
            }

            readiness.TokensOpen();
            if (await ConnectionSupply.FindProblemAsync(sources.Jobs, cancellationToken) is { } problem)
            {
                Log.TooFew(logger, problem);
            }

            return true;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.Unreachable(logger, exception);
            return false;
        }
    }

    private async Task<bool> AreCommitsSafeAsync(CancellationToken cancellationToken)
    {
        if (await CommitSafety.FindProblemAsync(sources.Webhook, environment.IsDevelopment(), cancellationToken) is not { } problem)
        {
            return true;
        }

        Log.Unsafe(logger, problem);
        // An open connection keeps the settings it was opened with.
        sources.ReplaceWebhook();
        return false;
    }

    private async Task<bool> IsSchemaHereAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var database = scope.ServiceProvider.GetRequiredService<RingPortalContext>().Database;
        var missing = (await database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count > 0)
        {
            Log.Missing(logger, missing.Count);
        }

        return missing.Count == 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} migrations are missing: run \"RingPortal.Web migrate\"")]
        public static partial void Missing(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "The database cannot be reached yet")]
        public static partial void Unreachable(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "{Problem}")]
        public static partial void TooFew(ILogger logger, string problem);

        [LoggerMessage(5, LogLevel.Critical, "Tokens are sealed under keys that are not among Vault__Keys: {Missing}. Add them; until then this instance takes no work")]
        public static partial void KeysMissing(ILogger logger, string missing);

        [LoggerMessage(3, LogLevel.Critical, "Nothing is taken from Ring: {Problem}")]
        public static partial void Unsafe(ILogger logger, string problem);
    }
}
