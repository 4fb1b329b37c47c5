using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace RingPortal.Tests.Infrastructure;

/// <summary>Waits for a condition, within a bound. The only wait that tests may use.</summary>
public static class Eventually
{
    /// <summary>
    /// How many times longer than asked may be waited. <c>test.sh</c> sets it, because its machine may be busy and it judges
    /// no speed; <c>eng/prove</c> does not, because its limits are what it proves.
    /// </summary>
    public static int Patience { get; } = int.TryParse(Environment.GetEnvironmentVariable("RINGPORTAL_TEST_PATIENCE"), CultureInfo.InvariantCulture, out var times) ? Math.Max(1, times) : 1;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(40);

    public static Task TrueAsync(Func<bool> condition, TimeSpan limit, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), limit, what);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan limit, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(s_pause);
        while (!await condition())
        {
            if (waited.Elapsed > limit * Patience)
            {
                Assert.Fail($"Not within {waited.Elapsed.TotalSeconds:0.#} s: {what}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
