using Microsoft.Extensions.Time.Testing;
using RingPortal.Web.Features.Admin.Overview;

namespace RingPortal.Tests.Admin.Overview;

public sealed class SharedReadingTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Pages_That_Ask_Within_Its_Time_Share_One_Reading()
    {
        var readings = 0;
        var shared = new SharedReading<int>(TimeSpan.FromSeconds(2), _clock, _ => Task.FromResult(Interlocked.Increment(ref readings)));

        for (var second = 0; second < 60; second += 2)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shared.GetAsync(CancellationToken.None)));
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(30, readings);
    }

    [Fact]
    public async Task Whoever_Leaves_Does_Not_End_The_Reading_Of_The_Others()
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = new SharedReading<int>(TimeSpan.FromSeconds(2), _clock, _ => answer.Task);
        using var leaving = new CancellationTokenSource();
        var (left, stays) = (shared.GetAsync(leaving.Token), shared.GetAsync(CancellationToken.None));

        await leaving.CancelAsync();
        answer.SetResult(7);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Equal(7, await stays);
    }

    [Fact]
    public async Task A_Failure_Is_Not_Kept_And_A_Change_Is_Seen_At_Once()
    {
        var readings = 0;
        var shared = new SharedReading<int>(TimeSpan.FromSeconds(2), _clock, _ => ++readings == 1 ? Task.FromException<int>(new InvalidOperationException("away")) : Task.FromResult(readings));

        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetAsync(CancellationToken.None));
        Assert.Equal(2, await shared.GetAsync(CancellationToken.None));
        shared.Forget();
        Assert.Equal(3, await shared.GetAsync(CancellationToken.None));
    }
}
