using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Tokens;

public sealed class RefreshScheduleTests
{
    [Fact]
    public void Links_That_Were_Made_In_One_Hour_Are_Spread_Over_A_Fifth_Of_A_Day()
    {
        var made = new DateTimeOffset(2026, 9, 21, 12, 0, 0, TimeSpan.Zero);
        var due = Enumerable.Range(0, 10_000).Select(index => RefreshSchedule.DueAt(Guid.CreateVersion7(made.AddMilliseconds(index)), made) - made).ToList();

        Assert.All(due, after => Assert.InRange(after, TimeSpan.FromHours(21.6), TimeSpan.FromHours(26.4)));
        // 10,000 links over 4.8 hours are 0.6 a second; no ten minutes get twice their share.
        Assert.InRange(due.GroupBy(after => (int)(after.TotalMinutes / 10)).Max(group => group.Count()), 300, 700);
    }

    [Fact]
    public void The_Time_Is_The_Same_On_Every_Instance()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal(RefreshSchedule.DueAt(id, DateTimeOffset.UnixEpoch), RefreshSchedule.DueAt(id, DateTimeOffset.UnixEpoch));
    }
}
