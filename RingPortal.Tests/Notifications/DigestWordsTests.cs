using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Notifications;

public sealed class DigestWordsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 14, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0, 0, 60, 60, "Someone rang at Porch", "Someone rang at Porch at 14:30.")]
    [InlineData(0, 1, 0, 60, 60, "Person at Porch", "Ring saw a person at Porch at 14:30.")]
    [InlineData(0, 0, 1, 60, 60, "Porch is offline", "Porch is offline since 14:30. Check its power and Wi‑Fi in the Ring app.")]
    [InlineData(2, 5, 0, 90, 30, "7 events at Porch", "Between 14:00 and 15:00: 2 rings, 5 persons.")]
    [InlineData(0, 2, 1, 30, 30, "3 events at Porch", "At 15:00: 2 persons, 1 time offline.")]
    [InlineData(1, 1, 2, 1500, 30, "4 events at Porch", "Between 22 Nov, 14:30 and 15:00: 1 ring, 1 person, 2 times offline.")]
    public void One_Thing_Is_A_Sentence_And_Several_Are_Numbers(int press, int person, int offline, int fromMinutesAgo, int toMinutesAgo, string subject, string body)
    {
        var portal = Options.Create(new PortalOptions { PublicUrl = new Uri("https://portal.example.com") });
        var notice = new DigestNotice("Porch", press, person, offline, s_now.AddMinutes(-fromMinutesAgo), s_now.AddMinutes(-toMinutesAgo), s_now, "/events", "/unsubscribe/x");

        var words = new DigestWords(new Texts(portal, new HostingEnvironment { EnvironmentName = "Development" }), notice, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal((subject, body), (words.Subject, words.Body));
    }
}
