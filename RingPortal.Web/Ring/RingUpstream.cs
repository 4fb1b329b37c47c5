namespace RingPortal.Web.Ring;

/// <summary>The hosts of Ring that fail independently; each has its own circuit breaker.</summary>
internal enum RingUpstream
{
    Api,
    OAuth,
}
