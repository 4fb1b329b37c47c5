using RingPortal.Data;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.LiveView;

/// <summary>
/// Ends what was forgotten: by a page that vanished, an instance that died, a wake-up that got lost. Several at once, each
/// with a scope of its own, so that a slow answer holds up nobody else's end.
/// </summary>
internal sealed class LiveSweep(IServiceScopeFactory scopes, LiveSessions sessions, LiveViewEnds ends)
{
    private const int AtOnce = 8;

    /// <summary>Decides what is over, and tells Ring of all that is due, of all instances.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateBackgroundScope())
        {
            ends.Tell(await sessions.EndOverdueAsync(Context(scope), userId: null, cancellationToken));
        }

        await TellRingAsync(cancellationToken);
    }

    /// <summary>This instance stops: what it opened ends, and its pages begin anew elsewhere.</summary>
    public async Task EndOwnAsync(Guid instance, CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateBackgroundScope())
        {
            var ended = await sessions.EndAsync(Context(scope), new LiveSelection { InstanceId = instance }, LiveEnd.Shutdown, cancellationToken);
            ends.Tell(ended);
            if (ended.Count == 0)
            {
                return;
            }
        }

        await TellRingAsync(cancellationToken);
    }

    private async Task TellRingAsync(CancellationToken cancellationToken)
    {
        List<Guid> due;
        await using (var scope = scopes.CreateBackgroundScope())
        {
            due = await scope.ServiceProvider.GetRequiredService<LiveSessionEnder>().DueAsync(cancellationToken);
        }

        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, token) =>
        {
            await using var scope = scopes.CreateBackgroundScope();
            await scope.ServiceProvider.GetRequiredService<LiveSessionEnder>().EndAsync(id, token);
        });
    }

    private static RingPortalContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<RingPortalContext>();
}
