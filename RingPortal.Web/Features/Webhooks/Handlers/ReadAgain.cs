using RingPortal.Data.Devices;
using RingPortal.Web.Features.Devices;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Asks a job to read from Ring what an event only hints at.</summary>
internal static class ReadAgain
{
    // Events and listings carry the times of two clocks: what lies so close together is settled by asking.
    private static readonly TimeSpan s_close = TimeSpan.FromMinutes(2);

    /// <summary>Whether an event that looks older than what is known may still be the newer truth.</summary>
    public static bool IsCloseBefore(this DateTimeOffset occurredAt, DateTimeOffset known) => known - occurredAt <= s_close;

    /// <summary>The cameras of the link, with the event's camera looked at closely.</summary>
    public static Task ReadDevicesAgainAsync(this EventHandling handling, CancellationToken cancellationToken) =>
        AskAsync(handling, SyncKind.Devices, handling.Message.Source ?? "", cancellationToken);

    /// <summary>The plans of the link.</summary>
    public static Task ReadSubscriptionsAgainAsync(this EventHandling handling, CancellationToken cancellationToken) =>
        AskAsync(handling, SyncKind.Subscriptions, "", cancellationToken);

    private static async Task AskAsync(EventHandling handling, SyncKind kind, string ringDeviceId, CancellationToken cancellationToken)
    {
        var link = handling.Link!.Id;
        await handling.Context.AskAsync(link, kind, ringDeviceId, handling.Now, cancellationToken);
        handling.Aftermath.Wake($"sync {kind} {link}", work => work.Sync(kind, link));
    }
}
