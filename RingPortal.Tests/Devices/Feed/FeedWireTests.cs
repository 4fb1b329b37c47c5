using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Devices.Feed;

public sealed class FeedWireTests
{
    [Fact]
    public void What_Was_Written_Is_Read_Back()
    {
        var user = Guid.CreateVersion7();
        FeedChange[] changes =
        [
            new(user, FeedKind.Everything),
            new(user, FeedKind.Status, Guid.CreateVersion7()),
            new(user, FeedKind.Press, Guid.CreateVersion7(), Guid.CreateVersion7()),
            new(user, FeedKind.Other, null, Guid.CreateVersion7()),
        ];

        var (payload, told) = FeedWire.Write(changes);

        Assert.Equal(4, told);
        Assert.Equal(changes, FeedWire.Read(payload));
    }

    [Fact]
    public void A_Message_Never_Exceeds_What_The_Database_Takes()
    {
        var changes = Enumerable.Range(0, 500).Select(_ => new FeedChange(Guid.NewGuid(), FeedKind.Press, Guid.NewGuid(), Guid.NewGuid())).ToList();

        var (payload, told) = FeedWire.Write(changes);

        Assert.InRange(payload.Length, 7_000, FeedWire.Limit);
        Assert.Equal(changes.Take(told), FeedWire.Read(payload));
    }

    [Fact]
    public void A_Kind_Of_A_Newer_Version_Means_Read_Again()
    {
        var user = Guid.NewGuid();

        Assert.Equal([new FeedChange(user, FeedKind.Everything)], FeedWire.Read($"[[\"{user:N}\",99]]"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("[[\"x\",1]]")]
    [InlineData("[[null,1]]")]
    [InlineData("[[\"00000000000000000000000000000001\",\"1\"]]")]
    [InlineData("[[\"00000000000000000000000000000001\",1.5]]")]
    public void What_Cannot_Be_Read_Harms_Nobody(string payload) => Assert.Null(FeedWire.Read(payload));
}
