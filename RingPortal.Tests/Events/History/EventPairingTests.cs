using RingPortal.Data.Events;
using RingPortal.Web.Features.Events.History;

namespace RingPortal.Tests.Events.History;

public sealed class EventPairingTests
{
    private static readonly Guid s_camera = Guid.NewGuid();
    private static readonly DateTimeOffset s_noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_Reports_Of_One_Event_Lie_Two_Seconds_Apart_At_Most()
    {
        Assert.Single(Pairs([At(0)], [At(2)]));
        Assert.Single(Pairs([At(2)], [At(0)]));
        Assert.Empty(Pairs([At(0)], [At(2.001)]));
    }

    [Fact]
    public void Another_Camera_Or_Another_Kind_Is_Another_Event()
    {
        Assert.Empty(Pairs([At(0)], [At(0) with { DeviceId = Guid.NewGuid() }]));
        Assert.Empty(Pairs([At(0)], [At(0) with { Kind = DeviceEventKind.Press }]));
        // The class of motion may be told by one of them alone.
        Assert.Single(Pairs([At(0)], [At(0) with { SubType = "human" }]));
        // What nobody knows is alike only by its name.
        Assert.Empty(Pairs([Other("flood_detected")], [Other("tamper_detected")]));
        Assert.Single(Pairs([Other("flood_detected")], [Other("flood_detected")]));
    }

    [Fact]
    public void Each_Has_One_Partner_And_The_Nearest_First_Whatever_The_Order()
    {
        EventPlace[] delivered = [At(0), At(1.5), At(5)];
        EventPlace[] told = [At(1), At(2), At(5), At(5.5)];
        (EventPlace, EventPlace)[] expected = [(At(0), At(1)), (At(1.5), At(2)), (At(5), At(5))];

        for (var round = 0; round < 20; round++)
        {
            Random.Shared.Shuffle(delivered);
            Random.Shared.Shuffle(told);
            var pairs = Pairs(delivered, told).OrderBy(pair => pair.One.At).ToList();
            Assert.Equal(3, pairs.Count);
            Assert.Equal(expected[2], pairs[2]);
            Assert.Equal([At(0), At(1.5), At(5)], pairs.Select(pair => pair.One));
        }
    }

    private static IReadOnlyList<(EventPlace One, EventPlace Other)> Pairs(EventPlace[] ones, EventPlace[] others) => EventPairing.Pairs(ones, place => place, others, place => place);

    private static EventPlace At(double seconds) => new(s_camera, DeviceEventKind.Motion, null, s_noon.AddSeconds(seconds));

    private static EventPlace Other(string type) => new(s_camera, DeviceEventKind.Other, type, s_noon);
}
