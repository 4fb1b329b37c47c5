using System.Security.Cryptography;
using System.Text;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>Makes the row of a delivery that Ring signed: due, or in quarantine when it cannot be read or is not plausible.</summary>
internal static class Deliveries
{
    /// <summary>Ring replays for 72 h after 73 minutes of retries, so this is far beyond what it sends by itself.</summary>
    private static readonly TimeSpan s_oldest = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_newest = TimeSpan.FromMinutes(10);

    /// <param name="body">As signed; copied, so that the caller may reuse its memory.</param>
    /// <param name="now">When it was received (UTC).</param>
    public static InboxMessage Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var bytes = body.ToArray();
        var hash = SHA256.HashData(bytes);
        if (!RingEnvelope.TryRead(bytes).TryGetEnvelope(out var envelope, out var reason))
        {
            return Quarantined(bytes, hash, reason, now);
        }

        if (envelope.Time is { } time && (time < now - s_oldest || time > now + s_newest))
        {
            return Quarantined(bytes, hash, "meta.time is older than 7 days or more than 10 minutes ahead", now);
        }

        return new InboxMessage
        {
            Id = Guid.CreateVersion7(now),
            RequestId = envelope.RequestId,
            EventKey = KeyOf(envelope),
            BodyHash = hash,
            Body = bytes,
            AccountId = envelope.AccountId,
            EventType = envelope.EventType,
            Source = envelope.Source,
            OccurredAt = envelope.OccurredAt,
            ReceivedAt = now,
            State = InboxState.Due,
        };
    }

    /// <summary>Kept under the hash of its body, because its own request id is not to be had or taken.</summary>
    public static InboxMessage Quarantined(byte[] body, byte[] hash, string reason, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        RequestId = $"sha256:{Convert.ToHexStringLower(hash)}",
        BodyHash = hash,
        Body = body,
        ReceivedAt = now,
        State = InboxState.Quarantined,
        Reason = reason,
    };

    private static string? KeyOf(RingEnvelope envelope) =>
        envelope is { AccountId: { } account, EventType: { } type, EventId: { } id }
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}\n{type}\n{id}")))
            : null;
}
