namespace RingPortal.Simulator.Events;

/// <summary>A day under way, or one that is over.</summary>
public sealed class PlayedDay
{
    private readonly IReadOnlyList<DayStep> steps;
    private readonly TimeSpan length;
    private readonly Action tell;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int played;

    internal PlayedDay(IReadOnlyList<DayStep> steps, TimeSpan length, Action tell) => (this.steps, this.length, this.tell) = (steps, length, tell);

    /// <summary>How much happens on it.</summary>
    public int Count => steps.Count;

    /// <summary>How much of it has happened.</summary>
    public int Played => Volatile.Read(ref played);

    /// <summary>It still goes on.</summary>
    public bool Running => !Done.IsCompleted;

    /// <summary>Ends with the last event, or when the day is stopped.</summary>
    internal Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>What happened last.</summary>
    internal DayStep? Latest => Played == 0 ? null : steps[Played - 1];

    internal void Begin() => Done = Task.Run(RunAsync);

    internal void Stop() => stopped.TrySetResult();

    private async Task RunAsync()
    {
        var (first, span) = (steps[0].At, steps[^1].At - steps[0].At);
        var before = first;
        foreach (var step in steps)
        {
            await Task.WhenAny(Task.Delay(length * ((step.At - before) / span)), stopped.Task);
            if (stopped.Task.IsCompleted)
                break;

            step.Act();
            before = step.At;
            Interlocked.Increment(ref played);
            tell();
        }

        tell();
    }
}
