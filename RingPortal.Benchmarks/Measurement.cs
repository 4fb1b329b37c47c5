using System.Diagnostics;
using System.Globalization;

namespace RingPortal.Benchmarks;

/// <summary>Best of several passes after a warm-up: the machine's noise only ever makes a pass slower.</summary>
internal static class Measurement
{
    private const int Passes = 7;

    /// <summary>Prints and returns the operations per second.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="operations">How many operations one pass makes.</param>
    /// <param name="pass">Makes them.</param>
    public static double Print(string name, int operations, Action pass)
    {
        pass();
        var best = Enumerable.Range(0, Passes).Min(_ => Time(pass));
        var rate = operations / best.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-60} {rate,14:N0} ops/s {best.TotalMilliseconds,10:N2} ms a pass"));
        return rate;
    }

    private static TimeSpan Time(Action pass)
    {
        var started = Stopwatch.GetTimestamp();
        pass();
        return Stopwatch.GetElapsedTime(started);
    }
}
