using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Writes the messages that are due about cameras. Any number of runs may work at once; each message is written once.</summary>
public sealed class SendDigestsJob(IServiceScopeFactory scopes, OutboxWake mail)
{
    private const int MostPerRun = 500;

    /// <summary>Writes due messages until none is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var written = false;
        try
        {
            for (var settled = 0; settled < MostPerRun; settled++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await using var scope = scopes.CreateBackgroundScope();
                if (await scope.ServiceProvider.GetRequiredService<DigestQueue>().SettleNextAsync(cancellationToken) is not { } one)
                {
                    return;
                }

                written |= one;
            }
        }
        finally
        {
            if (written)
            {
                mail.Wake();
            }
        }
    }
}
