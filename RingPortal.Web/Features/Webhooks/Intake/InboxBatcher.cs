namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// Lets deliveries that arrive together share one insert. Nothing waits for company: while batches are on their way the
/// next one gathers, and a lone delivery leaves at once.
/// </summary>
internal sealed class InboxBatcher(InboxWriter writer)
{
    public const int MostRows = 64;

    /// <summary>Batches on their way at once; one connection of the pool each.</summary>
    public const int MostBatches = 4;

    private readonly Lock _lock = new();
    private readonly Queue<InboxEntry> _waiting = new();
    private int _batches;

    public void Add(InboxEntry entry)
    {
        lock (_lock)
        {
            _waiting.Enqueue(entry);
            if (_batches == MostBatches)
            {
                return;
            }

            _batches++;
        }

        _ = WriteAllAsync();
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            await writer.WriteAsync(batch, CancellationToken.None);
        }
    }

    private List<InboxEntry> Next()
    {
        var batch = new List<InboxEntry>();
        lock (_lock)
        {
            while (batch.Count < MostRows && _waiting.TryDequeue(out var entry))
            {
                // Its caller may have been told to come back already.
                if (!entry.IsAnswered)
                {
                    batch.Add(entry);
                }
            }

            if (batch.Count == 0)
            {
                _batches--;
            }
        }

        return batch;
    }
}
