using System.Text.Json;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Erasure;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Erasure;

/// <summary>
/// The last message: written and sealed while the address is still known, handed over when nothing is left. Like every
/// message it goes to confirmed addresses only, and its text and address are gone once it is sent or given up.
/// </summary>
internal sealed partial class Farewell(MailComposer composer, Outbox outbox, TokenVault vault, ILogger<Farewell> logger)
{
    /// <summary>After this it is given up: the address must not stay.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(24);

    /// <summary>Seals the message; null when there is no address that it may go to.</summary>
    public byte[]? Seal(ErasureWork work, PortalUser user)
    {
        if (user is not { EmailConfirmed: true, Email: { } email })
        {
            return null;
        }

        var message = composer.Erased(email, work.RequestedAt, TimeZones.OrUtc(user.TimeZone));
        return vault.Seal(work.Id, VaultColumns.Farewell, JsonSerializer.Serialize(message));
    }

    /// <summary>Adds the message to the caller's unit of work, under nobody's name; the caller saves, then wakes the outbox.</summary>
    /// <returns>Whether there is one.</returns>
    public bool HandOver(RingPortalContext context, ErasureWork work)
    {
        if (work.SealedLetter is null)
        {
            return false;
        }

        try
        {
            var message = JsonSerializer.Deserialize<MailMessage>(vault.Open(work.Id, VaultColumns.Farewell, work.SealedLetter));
            outbox.Add(context, userId: null, MailKind.Erased, message!, s_lifetime);
            return true;
        }
        catch (VaultException)
        {
            // Its key is gone. An erasure must not wait for that.
            Log.Lost(logger, work.Id);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The last message of erasure {ErasureId} does not open; nobody gets it")]
        public static partial void Lost(ILogger logger, Guid erasureId);
    }
}
