using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Signing;

namespace RingPortal.Simulator.Media;

/// <summary>What a link opens.</summary>
internal sealed record MediaTicket(string AccountKey, string DeviceId, string RequestId, long Since, DateTimeOffset ExpiresAt, int HopsLeft)
{
    public ImageRequest? Image { get; init; }

    public ClipRequest? Clip { get; init; }
}

/// <summary>The links that were given out; each opens its file once, and only for a short time.</summary>
internal sealed class MediaTickets(SimulatorClock clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, MediaTicket> open = [];

    /// <summary>The secret of a new link.</summary>
    public string Give(MediaTicket ticket)
    {
        var secret = Secret.New("");
        lock (gate)
        {
            var now = clock.GetUtcNow();
            foreach (var (old, over) in open)
            {
                if (over.ExpiresAt < now)
                    open.Remove(old);
            }

            open[secret] = ticket;
        }

        return secret;
    }

    /// <summary>The ticket, <see langword="null"/> when it was never given, is used up or too old.</summary>
    public MediaTicket? Take(string secret)
    {
        lock (gate)
            return open.Remove(secret, out var ticket) && ticket.ExpiresAt >= clock.GetUtcNow() ? ticket : null;
    }
}
