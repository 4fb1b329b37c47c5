namespace RingPortal.Web.Hosting;

/// <summary>
/// Whether this instance may take work: local facts only (keys loaded, schema and durability seen, not stopping), so
/// that a shared outage does not take all instances out of the balancer at once.
/// </summary>
public sealed class PortalReadiness(IHostApplicationLifetime lifetime)
{
    private volatile bool _commitsAreSafe;
    private volatile bool _schemaReady;
    private volatile bool _tokensOpen;
    private volatile bool _keysReady;

    /// <summary>Why not, in one word for operators; null when ready.</summary>
    public string? Problem =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "stopping"
        : !_commitsAreSafe ? "durability"
        : !_schemaReady ? "schema"
        : !_tokensOpen ? "vault"
        : !_keysReady ? "keys"
        : null;

    /// <summary>The database confirms a commit only when it is written.</summary>
    public void CommitsAreSafe() => _commitsAreSafe = true;

    /// <summary>The schema is the one that this version needs.</summary>
    public void SchemaIsReady() => _schemaReady = true;

    /// <summary>Every key that tokens are sealed under is loaded.</summary>
    public void TokensOpen() => _tokensOpen = true;

    /// <summary>The key ring of cookies is there, so that people can sign in.</summary>
    public void KeysAreReady() => _keysReady = true;
}
