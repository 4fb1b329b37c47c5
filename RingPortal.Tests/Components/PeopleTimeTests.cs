using System.Globalization;
using Bunit;
using RingPortal.Tests.Look;
using RingPortal.Web.Components;

namespace RingPortal.Tests.Components;

public sealed class PeopleTimeTests : LookContext
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // The clock stands at 23 Nov 2026, 14:20:11 UTC, a Monday.
    [Theory]
    [InlineData("2026-11-23T14:19:30Z", "just now")]
    [InlineData("2026-11-23T14:18:00Z", "2 min ago")]
    [InlineData("2026-11-23T13:00:00Z", "14:00")]
    [InlineData("2026-11-23T15:00:00Z", "16:00")]
    [InlineData("2026-11-22T23:30:00Z", "00:30")]
    [InlineData("2026-11-22T20:14:00Z", "Yesterday, 21:14")]
    [InlineData("2026-11-16T07:05:00Z", "Mon 16 Nov, 08:05")]
    [InlineData("2025-11-16T07:05:00Z", "Sun 16 Nov 2025, 08:05")]
    public void Times_Are_Said_The_Way_People_Say_Them(string value, string expected) =>
        Assert.Equal(expected, PeopleTime.Spoken(At(value), Clock.GetUtcNow(), Berlin, Texts));

    [Fact]
    public void The_Element_Carries_The_Exact_Time_And_Its_Zone()
    {
        var time = Render<RpTime>(parameters => parameters
            .Add(p => p.Value, At("2026-11-23T13:00:00Z")).AddCascadingValue(Berlin)).Find("time");

        Assert.Equal("2026-11-23T13:00:00Z", time.GetAttribute("datetime"));
        Assert.Equal("23 Nov 2026, 14:00:00, Europe/Berlin", time.GetAttribute("title"));
        Assert.Equal("14:00", time.TextContent);
    }

    private static DateTimeOffset At(string value) => DateTimeOffset.Parse(value, CultureInfo.InvariantCulture);
}
