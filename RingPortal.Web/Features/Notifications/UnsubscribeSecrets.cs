using System.Buffers.Text;
using System.Security.Cryptography;
using RingPortal.Data.Notifications;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// The secret in the address that ends messages about one camera. One for all messages, so that those of old ones keep
/// working; found by its hash, and sealed beside it only to be written into the next message.
/// </summary>
internal sealed class UnsubscribeSecrets(TokenVault vault)
{
    private const int Length = 32;

    /// <summary>The path for the next message; makes the secret where there is none yet. The caller saves.</summary>
    public string PathOf(NotificationPreference preference) => $"{UnsubscribeEndpoints.Path}/{Known(preference) ?? Make(preference)}";

    /// <summary>What a secret is found by; null when it cannot be one.</summary>
    public static byte[]? HashOf(string? secret) =>
        secret is not null && Base64Url.IsValid(secret, out var length) && length == Length ? SHA256.HashData(Base64Url.DecodeFromChars(secret)) : null;

    private string? Known(NotificationPreference preference)
    {
        try
        {
            return preference.SealedUnsubscribe is { } known ? vault.Open(preference.DeviceId, VaultColumns.Unsubscribe, known) : null;
        }
        catch (VaultException)
        {
            // Its key is gone: messages from now on carry a new secret.
            return null;
        }
    }

    private string Make(NotificationPreference preference)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
        preference.SealedUnsubscribe = vault.Seal(preference.DeviceId, VaultColumns.Unsubscribe, secret);
        preference.UnsubscribeHash = HashOf(secret);
        return secret;
    }
}
