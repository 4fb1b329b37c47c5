namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// Lets deliveries that arrive together share one insert. No clock makes anybody wait for company: a delivery leaves at
/// once when nothing is on its way, else with the next batch, which gathers meanwhile.
/// </summary>
internal sealed class InboxBatcher
{
    public const int MostRows = 64;

    /// <summary>Batches on their way at once, each on a connection of the pool; slow ones included.</summary>
    public const int MostBatches = 4;

    /// <summary>Beside a batch that is on its way a second one is worth its cost only when so many wait for it.</summary>
    private const int EnoughForSecond = 16;

    /// <summary>More at once would only make them smaller: two keep the processor busy while one is flushed to disk.</summary>
    private const int QuickBatches = 2;

    /// <summary>A batch that takes longer, behind a lock or a stalled connection, does not hold back those behind it.</summary>
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Queue<InboxEntry> _waiting = new();
    private readonly HashSet<IReadOnlyList<InboxEntry>> _underway = [];
    private readonly InboxWriter _writer;
    private readonly InboxGate _gate;
    private int _quick;
    private int _slow;

    public InboxBatcher(InboxWriter writer, InboxGate gate)
    {
        (_writer, _gate) = (writer, gate);
        gate.Opened += RefuseAll;
    }

    /// <summary>Something that Ring signed is to be stored: its event type, as far as it has one.</summary>
    public event Action<string?>? Added;

    public void Add(InboxEntry entry)
    {
        Added?.Invoke(entry.Message.EventType);
        lock (_lock)
        {
            _waiting.Enqueue(entry);
        }

        if (_gate.IsOpen)
        {
            // It opened between the caller's look and now.
            RefuseAll();
            return;
        }

        StartIfFree();
    }

    /// <summary>The database is away: whoever waits for it is told now, not when the time is over. A row that is stored all the same is a duplicate later.</summary>
    private void RefuseAll()
    {
        lock (_lock)
        {
            foreach (var entry in _waiting.Concat(_underway.SelectMany(batch => batch)))
            {
                entry.Answer(InboxOutcome.NotStored);
            }

            _waiting.Clear();
        }
    }

    private void StartIfFree()
    {
        lock (_lock)
        {
            if (_quick == QuickBatches || _quick + _slow == MostBatches || _waiting.Count < Enough(_quick))
            {
                return;
            }

            _quick++;
        }

        _ = WriteAllAsync();
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            var writing = WriteAsync(batch);
            if (!writing.IsCompleted && await Task.WhenAny(writing, Task.Delay(s_slow)) != writing)
            {
                await StepAsideAsync(writing);
                return;
            }
        }
    }

    private async Task WriteAsync(List<InboxEntry> batch)
    {
        try
        {
            await _writer.WriteAsync(batch, CancellationToken.None);
        }
        finally
        {
            lock (_lock)
            {
                _underway.Remove(batch);
            }
        }
    }

    private async Task StepAsideAsync(Task writing)
    {
        lock (_lock)
        {
            (_quick, _slow) = (_quick - 1, _slow + 1);
        }

        StartIfFree();
        await writing;
        lock (_lock)
        {
            _slow--;
        }

        StartIfFree();
    }

    private List<InboxEntry> Next()
    {
        var batch = new List<InboxEntry>();
        lock (_lock)
        {
            // One of two leaves the few that wait to the other.
            while (_waiting.Count >= (batch.Count > 0 ? 1 : Enough(_quick - 1)) && batch.Count < MostRows && _waiting.TryDequeue(out var entry))
            {
                // Its caller may have been told to come back already.
                if (!entry.IsAnswered)
                {
                    batch.Add(entry);
                }
            }

            if (batch.Count == 0)
            {
                _quick--;
            }
            else
            {
                _underway.Add(batch);
            }
        }

        return batch;
    }

    private static int Enough(int others) => others == 0 ? 1 : EnoughForSecond;
}
