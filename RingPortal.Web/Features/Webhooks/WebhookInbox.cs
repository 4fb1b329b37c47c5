using System.Security.Cryptography;
using System.Text;
using NpgsqlTypes;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks;

/// <summary>Custody of what Ring signed: one committed row before the answer, never a second one for the same event.</summary>
internal sealed partial class WebhookInbox(PortalDataSources sources, TimeProvider clock, ILogger<WebhookInbox> logger)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_oldest = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_newest = TimeSpan.FromMinutes(10);

    private const string InsertSql =
        """
        INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, reason, attempts, next_attempt_at)
        VALUES (@id, @request_id, @event_key, @body_hash, @body, @account_id, @event_type, @source, @occurred_at, @received_at, @state, @reason, 0, @received_at)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Stores a delivery; an answer within 2 s whatever the database does.</summary>
    public async Task<InboxOutcome> AcceptAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            // An outer deadline: a frozen database does not honour its own time limits (reliability N1).
            return await StoreAsync(body, cancellationToken).WaitAsync(s_deadline, cancellationToken);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.NotStored(logger, exception);
            return InboxOutcome.NotStored;
        }
    }

    private async Task<InboxOutcome> StoreAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var message = Read(body);
        if (await InsertAsync(message, cancellationToken))
        {
            return message.State is InboxState.Due ? InboxOutcome.Accepted : InboxOutcome.Quarantined;
        }

        if (await HashOfAsync(message.RequestId, cancellationToken) is not { } known || known.AsSpan().SequenceEqual(message.BodyHash))
        {
            return InboxOutcome.Duplicate;
        }

        var apart = Quarantined(body, message.BodyHash, "another body under a known request id");
        return await InsertAsync(apart, cancellationToken) ? InboxOutcome.Conflicting : InboxOutcome.Duplicate;
    }

    private InboxMessage Read(ReadOnlyMemory<byte> body)
    {
        var hash = SHA256.HashData(body.Span);
        var reading = RingEnvelope.TryRead(body);
        if (!reading.TryGetEnvelope(out var envelope, out var reason))
        {
            return Quarantined(body, hash, reason);
        }

        var now = clock.GetUtcNow();
        if (envelope.Time is { } time && (time < now - s_oldest || time > now + s_newest))
        {
            return Quarantined(body, hash, "meta.time is older than 7 days or more than 10 minutes ahead");
        }

        return new InboxMessage
        {
            Id = Guid.CreateVersion7(now),
            RequestId = envelope.RequestId,
            EventKey = KeyOf(envelope),
            BodyHash = hash,
            Body = body.ToArray(),
            AccountId = envelope.AccountId,
            EventType = envelope.EventType,
            Source = envelope.Source,
            OccurredAt = envelope.OccurredAt,
            ReceivedAt = now,
            State = InboxState.Due,
        };
    }

    private InboxMessage Quarantined(ReadOnlyMemory<byte> body, byte[] hash, string reason) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        RequestId = $"sha256:{Convert.ToHexStringLower(hash)}",
        BodyHash = hash,
        Body = body.ToArray(),
        ReceivedAt = clock.GetUtcNow(),
        State = InboxState.Quarantined,
        Reason = reason,
    };

    private static string? KeyOf(RingEnvelope envelope) =>
        envelope is { AccountId: { } account, EventType: { } type, EventId: { } id }
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}\n{type}\n{id}")))
            : null;

    private async Task<bool> InsertAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        await using var command = sources.Webhook.CreateCommand(InsertSql);
        var parameters = command.Parameters;
        parameters.AddWithValue("id", message.Id);
        parameters.AddWithValue("request_id", message.RequestId);
        parameters.AddWithValue("event_key", NpgsqlDbType.Text, (object?)message.EventKey ?? DBNull.Value);
        parameters.AddWithValue("body_hash", message.BodyHash);
        parameters.AddWithValue("body", message.Body);
        parameters.AddWithValue("account_id", NpgsqlDbType.Text, (object?)message.AccountId ?? DBNull.Value);
        parameters.AddWithValue("event_type", NpgsqlDbType.Text, (object?)message.EventType ?? DBNull.Value);
        parameters.AddWithValue("source", NpgsqlDbType.Text, (object?)message.Source ?? DBNull.Value);
        parameters.AddWithValue("occurred_at", NpgsqlDbType.TimestampTz, (object?)message.OccurredAt?.ToUniversalTime() ?? DBNull.Value);
        parameters.AddWithValue("received_at", message.ReceivedAt);
        parameters.AddWithValue("state", message.State.ToString());
        parameters.AddWithValue("reason", NpgsqlDbType.Text, (object?)message.Reason ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task<byte[]?> HashOfAsync(string requestId, CancellationToken cancellationToken)
    {
        await using var command = sources.Webhook.CreateCommand("SELECT body_hash FROM webhook_inbox WHERE request_id = @request_id");
        command.Parameters.AddWithValue("request_id", requestId);
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A signed delivery could not be stored; Ring was told to send it again")]
        public static partial void NotStored(ILogger logger, Exception exception);
    }
}
