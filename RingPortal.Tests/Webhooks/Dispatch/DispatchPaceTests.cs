using Microsoft.Extensions.Time.Testing;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Tests.Webhooks.Dispatch;

public sealed class DispatchPaceTests
{
    private readonly IntakeAdmission _admission = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task With_Few_Deliveries_Inside_The_Dispatcher_Goes_On_At_Once()
    {
        Enter(DispatchPace.Crowd - 1);
        await new DispatchPace(_admission, _clock).GiveWayAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_Rests_While_Many_Wait_And_Goes_On_When_They_Are_Answered()
    {
        Enter(DispatchPace.Crowd);
        var resting = new DispatchPace(_admission, _clock).GiveWayAsync(CancellationToken.None);
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
        var resting = new DispatchPace(_admission, _clock).GiveWayAsync(CancellationToken.None);

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
