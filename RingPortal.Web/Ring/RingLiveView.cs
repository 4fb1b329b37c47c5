namespace RingPortal.Web.Ring;

/// <summary>A live view that Ring opened (contract 8.2).</summary>
/// <param name="Path">Where it is ended; null when Ring named no such place, so that only Ring's limit ends it.</param>
/// <param name="Answer">Ring's side of it for the browser; null when it cannot be used.</param>
public sealed record RingLiveView(string? Path, ReadOnlyMemory<byte>? Answer);
