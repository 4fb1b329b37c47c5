namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>The newest seal that this instance has seen, and since when it looks.</summary>
internal sealed class AuditAnchor(TimeProvider clock)
{
    private readonly Lock _gate = new();

    /// <summary>When this instance began to look (UTC): what should have happened before is not its business.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    /// <summary>The newest seal seen; null before the first.</summary>
    public AuditMark? Newest { get; private set; }

    /// <summary>Remembers a seal, unless a newer one is known.</summary>
    public void Saw(AuditMark mark)
    {
        lock (_gate)
        {
            if (Newest is null || mark.Number > Newest.Number)
            {
                Newest = mark;
            }
        }
    }
}
