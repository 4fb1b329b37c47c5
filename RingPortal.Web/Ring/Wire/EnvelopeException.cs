namespace RingPortal.Web.Ring.Wire;

/// <summary>Leaves the reader from wherever it finds the body unreadable; caught at its entrance, seen by nobody else.</summary>
internal sealed class EnvelopeException(string reason) : Exception(reason);
