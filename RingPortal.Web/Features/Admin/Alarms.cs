using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin;

/// <summary>Raises and settles what needs a human. One open alarm per key; a repeat only counts up.</summary>
public sealed partial class Alarms(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Alarms> logger)
{
    /// <summary>Raises an alarm, or counts up the open one of the same key.</summary>
    /// <param name="key">Short stable name; no personal data.</param>
    /// <param name="text">What happened and what to do, for operators; no personal data.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public async Task RaiseAsync(string key, string text, CancellationToken cancellationToken)
    {
        Log.Raised(logger, key, text);
        await using var scope = scopes.CreateBackgroundScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var now = clock.GetUtcNow();
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO alarms (id, key, text, raised_at, last_at, count) VALUES ({Guid.CreateVersion7()}, {key}, {text}, {now}, {now}, 1)
            ON CONFLICT (key) WHERE resolved_at IS NULL DO UPDATE SET count = alarms.count + 1, last_at = excluded.last_at, text = excluded.text
            """,
            cancellationToken);
    }

    /// <summary>Settles the open alarm of a key, if there is one.</summary>
    public async Task ResolveAsync(string key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var now = clock.GetUtcNow();
        var settled = await context.Database.ExecuteSqlAsync(
            $"UPDATE alarms SET resolved_at = {now} WHERE key = {key} AND resolved_at IS NULL", cancellationToken);
        if (settled > 0)
        {
            Log.Resolved(logger, key);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Alarm {Key}: {Text}")]
        public static partial void Raised(ILogger logger, string key, string text);

        [LoggerMessage(2, LogLevel.Information, "Alarm {Key} is settled")]
        public static partial void Resolved(ILogger logger, string key);
    }
}
