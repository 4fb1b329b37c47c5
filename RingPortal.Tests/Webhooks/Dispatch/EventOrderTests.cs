using FsCheck.Xunit;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Webhooks.Dispatch;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EventOrderTests(EventWorld world) : IClassFixture<EventWorld>
{
    [Property(MaxTest = 40)]
    public async Task Every_Order_With_Doubles_Ends_In_What_The_Times_Of_The_Events_Say(int seed) =>
        Assert.Null(await new EventOrders(world, seed).PlayAsync());
}
