using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Media.Album;

namespace RingPortal.Tests.Media;

/// <summary>When albums get their pictures, also on the days on which clocks are changed.</summary>
public sealed class AlbumRhythmTests
{
    [Theory]
    // In Berlin the hour from 2 to 3 is left out on 29 March 2026 and comes twice on 25 October.
    [InlineData("02:30", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("02:30", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("08:00", "2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("02:30", "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("02:30", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("00:00", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    public void A_Daily_Picture_Comes_Once_A_Local_Day(string at, string after, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, null), Daily(at, "Europe/Berlin").Next(DateTimeOffset.Parse(after, null)));

    [Fact]
    public void Hours_Are_Counted_From_Midnight_And_A_Lost_Hour_Is_No_Second_Picture()
    {
        var rhythm = new AlbumRhythm(default, 1, TimeZones.OrUtc("Europe/Berlin"));

        Assert.Equal(23, Moments(rhythm, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z").Count);
        Assert.Equal(24, Moments(rhythm, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z").Count);
        Assert.Equal(
            ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00"],
            Moments(rhythm with { EveryHours = 4 }, "2026-06-01T21:59:00Z", "2026-06-02T21:59:00Z").Select(slot => TimeZoneInfo.ConvertTime(slot, rhythm.Zone).ToString("HH:mm", null)));
    }

    [Property(MaxTest = 2000, QuietOnSuccess = true)]
    public Property Moments_Move_On_And_None_Is_Left_Out_Or_Comes_Twice()
    {
        var zones = TimeZones.All.Select(TimeZones.OrUtc).ToArray();
        var cases =
            from zone in Gen.Elements(zones)
            from hours in Gen.Elements(new int?[] { null, 1, 2, 3, 4, 6, 8, 12 })
            from minute in Gen.Choose(0, (24 * 60) - 1)
            from second in Gen.Choose(0, 2_000_000_000)
            select (Rhythm: new AlbumRhythm(new TimeOnly(minute / 60, minute % 60), hours, zone), After: new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second % 630_000_000));
        return Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var next = one.Rhythm.Next(one.After);
            var previous = one.Rhythm.Previous(next);
            Assert.True(next > one.After);
            // Nothing lies between: from any time since the moment before, the next one is the same.
            Assert.True(previous <= one.After);
            Assert.Equal(next, one.Rhythm.Next(previous));
            Assert.Equal(next, one.Rhythm.Next(next.AddTicks(-1)));
            // No longer than a day and the change of a clock; a lost hour lies at the end of its gap.
            Assert.InRange(next - previous, TimeSpan.FromMinutes(29), TimeSpan.FromHours((one.Rhythm.EveryHours ?? 24) + 25));
            var local = TimeZoneInfo.ConvertTime(next, one.Rhythm.Zone);
            var meant = one.Rhythm.EveryHours is { } every ? local.Minute == 0 && local.Hour % every == 0 : TimeOnly.FromDateTime(local.DateTime) == one.Rhythm.At;
            Assert.True(meant || one.Rhythm.Zone.IsInvalidTime(local.DateTime.AddMinutes(-1)), $"{local} in {one.Rhythm.Zone.Id}");
        });
    }

    private static AlbumRhythm Daily(string at, string zone) => new(TimeOnly.Parse(at, null), null, TimeZones.OrUtc(zone));

    private static List<DateTimeOffset> Moments(AlbumRhythm rhythm, string from, string to)
    {
        List<DateTimeOffset> moments = [];
        for (var slot = rhythm.Next(DateTimeOffset.Parse(from, null).AddTicks(-1)); slot < DateTimeOffset.Parse(to, null); slot = rhythm.Next(slot))
        {
            moments.Add(slot);
        }

        return moments;
    }
}
