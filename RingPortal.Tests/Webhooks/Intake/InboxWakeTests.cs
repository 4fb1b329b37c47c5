using RingPortal.Web.Features.Webhooks;

namespace RingPortal.Tests.Webhooks.Intake;

public sealed class InboxWakeTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Signals_Before_The_Wait_Are_One_And_Are_Not_Lost()
    {
        using var wake = new InboxWake();
        wake.Signal();
        wake.Signal();
        await wake.WaitAsync(s_long, CancellationToken.None);
        var next = wake.WaitAsync(s_long, CancellationToken.None);
        Assert.False(next.IsCompleted);
        wake.Signal();
        await next;
    }

    [Fact]
    public async Task Without_A_Signal_It_Returns_After_The_Limit()
    {
        using var wake = new InboxWake();
        await wake.WaitAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None);
    }

    [Fact]
    public async Task Signals_From_Many_Threads_Neither_Block_Nor_Get_Lost()
    {
        using var wake = new InboxWake();
        var (signalled, seen) = (0, 0);
        var signals = Task.Run(() => Parallel.For(0, 20_000, _ =>
        {
            Interlocked.Increment(ref signalled);
            wake.Signal();
        }));
        while (seen < 20_000)
        {
            await wake.WaitAsync(s_long, CancellationToken.None);
            seen = Volatile.Read(ref signalled);
        }

        await signals;
    }
}
