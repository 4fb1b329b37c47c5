using RingPortal.Web.Features.Events;

namespace RingPortal.Tests.Events;

public sealed class TimelineFilterTests
{
    [Fact]
    public void The_Address_Holds_The_Whole_View()
    {
        var (camera, entry) = (Guid.NewGuid(), Guid.NewGuid());
        var filter = new TimelineFilter(
            [camera], [TimelineKind.Ring, TimelineKind.Package], new DateOnly(2026, 11, 23), new TimelinePosition(DateTimeOffset.UnixEpoch.AddTicks(123_456_780), entry));

        var address = filter.Address(entry);

        Assert.Equal($"/events?camera={camera}&kind=ring&kind=package&day=2026-11-23&before=12345678-{entry:N}&event={entry}", address);
        Assert.Equal(filter, Read(address));
        Assert.Equal("/events", TimelineFilter.All.Address());
    }

    [Theory]
    [InlineData("/events?camera=x&kind=nonsense&day=2026-13-40&before=1")]
    [InlineData("/events?camera=&kind=&day=&before=")]
    [InlineData("/events?before=99999999999999999999-00000000000000000000000000000001")]
    [InlineData("/events?before=9223372036854775807-00000000000000000000000000000001")]
    [InlineData("/events?before=-1-00000000000000000000000000000001")]
    public void What_Makes_No_Sense_Was_Not_Chosen(string address) => Assert.Equal(TimelineFilter.All, Read(address));

    [Fact]
    public void Another_Choice_Starts_At_The_Newest_Again()
    {
        var camera = Guid.NewGuid();
        var filter = TimelineFilter.All with { Before = new TimelinePosition(DateTimeOffset.UnixEpoch, camera) };

        Assert.Null(filter.With(camera, true).Before);
        Assert.Null(filter.With(TimelineKind.Ring, true).Before);
        Assert.Equal(TimelineFilter.All, filter.With(camera, true).With(camera, true).With(camera, false));
        Assert.Equal(2, filter.With(camera, true).With(TimelineKind.Ring, true).Count);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-23", "2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    [InlineData("UTC", "0001-01-01", "0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z")]
    [InlineData("Pacific/Kiritimati", "9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59.9999999Z")]
    public void A_Day_Is_What_People_At_The_Place_Call_So(string zone, string day, string from, string to)
    {
        var range = LocalDay.Range(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal((Time(from), Time(to)), range);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static TimelineFilter Read(string address)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(new Uri("http://localhost"), address).Query);
        return TimelineFilter.Read(query.GetValues("camera"), query.GetValues("kind"), query["day"], query["before"]);
    }
}
