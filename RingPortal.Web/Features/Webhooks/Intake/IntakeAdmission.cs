namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>How many deliveries may be inside at once; more are answered 503 at the door, so that a flood costs neither memory nor time.</summary>
internal sealed class IntakeAdmission
{
    /// <summary>64 that are written, the rows of one batch, and 256 that wait.</summary>
    public const int Most = InboxBatcher.MostRows + 256;

    private int _inside;

    /// <summary>Deliveries that are inside now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inside) <= Most)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);
}
