using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Devices.Feed;

public sealed class FeedBatchTests
{
    private readonly FeedOutlet _outlet = new();
    private readonly FeedBatch _batch = new();

    [Fact]
    public void Several_Changes_Travel_Together_And_The_Same_One_Once()
    {
        var user = Guid.NewGuid();
        var (status, press) = (new FeedChange(user, FeedKind.Status, Guid.NewGuid()), new FeedChange(user, FeedKind.Press, Guid.NewGuid(), Guid.NewGuid()));
        _outlet.Publish([status, press, status]);

        _batch.Fill(_outlet.Waiting);
        var (payload, count) = _batch.Next();
        _batch.Told(count);

        Assert.Equal([status, press], FeedWire.Read(payload));
        Assert.True(_batch.IsEmpty);
    }

    [Fact]
    public void What_Is_Too_Much_For_One_Message_Becomes_One_Read_Again_For_Each_Person()
    {
        Guid[] people = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        _outlet.Publish(Enumerable.Range(0, 900).Select(n => new FeedChange(people[n % 3], FeedKind.Motion, Guid.NewGuid(), Guid.NewGuid())));

        _batch.Fill(_outlet.Waiting);
        var (payload, count) = _batch.Next();

        Assert.Equal(3, count);
        Assert.Equal(people.Select(person => new FeedChange(person, FeedKind.Everything)), FeedWire.Read(payload));
    }

    [Fact]
    public void More_People_Than_Fit_Are_Told_In_Several_Messages_And_Nobody_Is_Left_Out()
    {
        var people = Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid()).ToHashSet();
        _outlet.Publish(people.Select(person => new FeedChange(person, FeedKind.Press, Guid.NewGuid(), Guid.NewGuid())));
        var told = new HashSet<Guid>();
        var messages = 0;

        for (_batch.Fill(_outlet.Waiting); !_batch.IsEmpty; messages++)
        {
            var (payload, count) = _batch.Next();
            told.UnionWith(FeedWire.Read(payload)!.Select(change => change.UserId));
            _batch.Told(count);
        }

        Assert.Equal(people, told);
        Assert.InRange(messages, 2, 10);
    }

    [Fact]
    public void The_Same_Change_Can_Be_Told_Again_Later()
    {
        var change = new FeedChange(Guid.NewGuid(), FeedKind.Status, Guid.NewGuid());
        for (var time = 0; time < 2; time++)
        {
            _outlet.Publish(change);
            _batch.Fill(_outlet.Waiting);
            Assert.Equal(1, _batch.Next().Count);
            _batch.Told(1);
        }
    }
}
