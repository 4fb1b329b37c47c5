namespace RingPortal.Simulator.Hosting;

/// <summary>A group of settings that is replaced whole, and only by one that is right.</summary>
internal sealed class Replaced<T>(T first, Func<T, IReadOnlyList<string>> problems)
    where T : class
{
    private volatile T value = first;

    /// <exception cref="ArgumentException">A value is out of its range; the message names each.</exception>
    public T Value
    {
        get => value;
        set => this.value = problems(value) is { Count: > 0 } wrong ? throw new ArgumentException(string.Join(" ", wrong), nameof(value)) : value;
    }
}
