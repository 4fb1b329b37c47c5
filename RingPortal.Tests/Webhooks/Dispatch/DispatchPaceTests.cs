using Microsoft.Extensions.Time.Testing;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Tests.Webhooks.Dispatch;

public sealed class DispatchPaceTests : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);
    private readonly IntakeAdmission _admission = new();
    private readonly InboxWake _wake = new();
    private readonly FakeTimeProvider _clock = new();

    private DispatchPace Pace => new(_admission, _wake, _clock);

    public void Dispose() => _wake.Dispose();

    [Theory]
    [InlineData(100, 300)]
    [InlineData(500, 1500)]
    [InlineData(5000, 2000)]
    public async Task After_A_Full_Batch_It_Rests_Three_Times_As_Long_As_It_Worked_And_Two_Seconds_At_Most(int worked, int rests)
    {
        var breath = Pace.Begin();
        _clock.Advance(TimeSpan.FromMilliseconds(worked));
        // News does not shorten it: what is new stands behind the backlog.
        _wake.Signal();

        var resting = Pace.BetweenAsync(InboxBatch.Size, breath, CancellationToken.None);

        _clock.Advance(TimeSpan.FromMilliseconds(rests) - s_tick);
        Assert.False(resting.IsCompleted);
        _clock.Advance(s_tick);
        await resting;
    }

    [Fact]
    public async Task After_A_Smaller_Batch_It_Waits_For_News_And_Not_For_Rest()
    {
        var breath = Pace.Begin();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _wake.Signal();

        await Pace.BetweenAsync(InboxBatch.Size - 1, breath, CancellationToken.None);
    }

    [Fact]
    public async Task A_Rest_Ends_With_The_Portal()
    {
        using var stopping = new CancellationTokenSource();
        var breath = Pace.Begin();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var resting = Pace.BetweenAsync(InboxBatch.Size, breath, stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resting);
    }

    [Fact]
    public async Task With_Few_Deliveries_Inside_The_Dispatcher_Goes_On_At_Once()
    {
        Enter(DispatchPace.Crowd - 1);
        await Pace.GiveWayAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_Rests_While_Many_Wait_And_Goes_On_When_They_Are_Answered()
    {
        Enter(DispatchPace.Crowd);
        var resting = Pace.GiveWayAsync(CancellationToken.None);
        Assert.False(resting.IsCompleted);

        _admission.Leave();
        _clock.Advance(TimeSpan.FromMilliseconds(25));
        await resting;
    }

    [Fact]
    public async Task A_Flood_That_Never_Ends_Holds_It_For_A_Quarter_Of_A_Second_And_No_Longer()
    {
        Enter(DispatchPace.Crowd * 10);
        var started = _clock.GetUtcNow();
        var resting = Pace.GiveWayAsync(CancellationToken.None);

        await Eventually.TrueAsync(
            () =>
            {
                if (!resting.IsCompleted)
                {
                    _clock.Advance(TimeSpan.FromMilliseconds(25));
                }

                return resting.IsCompleted;
            },
            TimeSpan.FromSeconds(20));
        await resting;
        Assert.True(_clock.GetUtcNow() - started >= TimeSpan.FromMilliseconds(250));
    }

    private void Enter(int deliveries)
    {
        for (var delivery = 0; delivery < deliveries; delivery++)
        {
            Assert.True(_admission.TryEnter());
        }
    }
}
