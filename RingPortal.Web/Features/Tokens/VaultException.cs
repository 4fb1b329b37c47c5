namespace RingPortal.Web.Features.Tokens;

/// <summary>A sealed text does not open: changed, moved to another place, or sealed with a key that is not loaded. Says nothing of its content.</summary>
public sealed class VaultException(string message) : Exception(message);
