using System.Text.Json;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Backend;

/// <summary>Writes events exactly as contract 5.7 shows them.</summary>
internal sealed class WebhookEvents(SimulatorClock clock)
{
    public byte[] OfDevice(RingAccount account, string deviceId, string type)
    {
        var now = clock.GetUtcNow();
        var milliseconds = now.ToUnixTimeMilliseconds();
        return Write(new(
            new("1.1", RingTime.Nanoseconds(now), NewRequestId(), account.AccountId),
            new($"{deviceId}_{type}_{milliseconds}", type, new(deviceId, "devices", milliseconds), WebhookRelationships.To(deviceId))));
    }

    public byte[] OfAccount(RingAccount account, string type)
    {
        var now = clock.GetUtcNow();
        return Write(new(
            new("1.1", RingTime.Seconds(now), NewRequestId(), account.AccountId),
            new($"evt-{Guid.CreateVersion7()}", type, new(account.AccountId, "users", now.ToUnixTimeMilliseconds()), null)));
    }

    private static string NewRequestId() => Guid.NewGuid().ToString();

    private static byte[] Write(WebhookBody body) => JsonSerializer.SerializeToUtf8Bytes(body, RingJson.Options);
}
