using System.Text.Json;
using RingPortal.Data;
using RingPortal.Data.Notifications;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// Where messages are written: a row in the transaction that decides them, its text sealed. After the commit
/// <see cref="OutboxWake"/> makes them leave at once; without it they leave within a minute.
/// </summary>
public sealed class Outbox(TokenVault vault, TimeProvider time)
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(3);

    /// <summary>Adds a message to the caller's unit of work; the caller saves.</summary>
    /// <param name="context">The caller's unit of work.</param>
    /// <param name="userId">The person it goes to; null for operators' messages and for somebody who has no account any more.</param>
    /// <param name="kind">One of <see cref="MailKind"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="lifetime">How long it is worth sending; three days when left out.</param>
    public void Add(RingPortalContext context, Guid? userId, string kind, MailMessage message, TimeSpan? lifetime = null)
    {
        var now = time.GetUtcNow();
        var email = new OutboxEmail
        {
            UserId = userId,
            Kind = kind,
            CreatedAt = now,
            ExpiresAt = now + (lifetime ?? DefaultLifetime),
            NextAttemptAt = now,
        };
        email.SealedMessage = vault.Seal(email.Id, VaultColumns.EmailMessage, JsonSerializer.Serialize(message));
        context.OutboxEmails.Add(email);
    }

    /// <summary>Reads a message back.</summary>
    /// <exception cref="VaultException">The row was tampered with or its key is gone.</exception>
    internal MailMessage Open(OutboxEmail email) =>
        JsonSerializer.Deserialize<MailMessage>(vault.Open(email.Id, VaultColumns.EmailMessage, email.SealedMessage))
        ?? throw new InvalidOperationException("A stored message is empty.");
}
