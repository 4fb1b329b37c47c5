namespace RingPortal.Web.Features.Tokens;

/// <summary>The places that hold sealed texts. Part of what a ciphertext is bound to: changing a name closes what it sealed.</summary>
public static class VaultColumns
{
    /// <summary>Authorization code.</summary>
    public const string Code = "ring_tokens.sealed_code";

    /// <summary>PKCE verifier that came with the code.</summary>
    public const string CodeVerifier = "ring_tokens.sealed_code_verifier";

    /// <summary>Access token.</summary>
    public const string AccessToken = "ring_tokens.sealed_access_token";

    /// <summary>Refresh token.</summary>
    public const string RefreshToken = "ring_tokens.sealed_refresh_token";

    /// <summary>Nonce of the running claim.</summary>
    public const string Nonce = "ring_tokens.sealed_nonce";

    /// <summary>A message that waits to be sent.</summary>
    public const string EmailMessage = "outbox_emails.sealed_message";

    /// <summary>The last message to somebody who deletes their account, until nothing else is left.</summary>
    public const string Farewell = "erasures.sealed_letter";

    /// <summary>Secret of the address that ends e-mails about a camera.</summary>
    public const string Unsubscribe = "notification_preferences.sealed_unsubscribe";

    /// <summary>A kept picture.</summary>
    public const string Picture = "snapshots.sealed_content";

    /// <summary>Key of a person's authenticator app.</summary>
    public const string Authenticator = "user_tokens.authenticator";

    /// <summary>Key of a person's archives.</summary>
    public const string ArchiveKey = "audit_subjects.sealed_archive_key";
}
