using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Devices.Feed;

public sealed class DeviceFeedTests : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    private readonly LogCapture _logs = new();
    private readonly ILoggerFactory _loggers;
    private readonly DeviceFeed _feed;
    private readonly Guid _user = Guid.NewGuid();

    public DeviceFeedTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        _feed = new DeviceFeed(_loggers.CreateLogger<DeviceFeed>());
    }

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public async Task A_Page_Hears_Its_Readers_Changes_And_Nobody_Elses()
    {
        var heard = new ConcurrentQueue<FeedChange>();
        using var page = Listen(_user, heard);
        var mine = new FeedChange(_user, FeedKind.Press, Guid.NewGuid(), Guid.NewGuid());

        _feed.Tell(new FeedChange(Guid.NewGuid(), FeedKind.Press));
        _feed.Tell(mine);

        await Eventually.TrueAsync(() => !heard.IsEmpty, s_soon);
        Assert.Equal([mine], heard);
    }

    [Fact]
    public async Task A_Page_That_Takes_Its_Time_Delays_Nobody_And_Gets_The_Rest_Together()
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new ConcurrentQueue<int>();
        var heard = new ConcurrentQueue<FeedChange>();
        using var slow = _feed.Subscribe(_user, async changes =>
        {
            calls.Enqueue(changes.Count);
            await free.Task;
        });
        using var quick = Listen(_user, heard);

        _feed.Tell(new FeedChange(_user, FeedKind.Status));
        await Eventually.TrueAsync(() => calls.Count == 1, s_soon);
        for (var i = 0; i < 20; i++)
        {
            _feed.Tell(new FeedChange(_user, FeedKind.Motion, Guid.NewGuid()));
        }

        await Eventually.TrueAsync(() => heard.Count == 21, s_soon);
        Assert.Equal([1], calls);
        free.SetResult();
        await Eventually.TrueAsync(() => calls.Count == 2, s_soon);
        Assert.Equal([1, 20], calls);
    }

    [Fact]
    public async Task What_Is_Too_Much_For_A_Busy_Page_Becomes_Read_Again()
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new ConcurrentQueue<IReadOnlyList<FeedChange>>();
        using var slow = _feed.Subscribe(_user, async changes =>
        {
            calls.Enqueue(changes);
            await free.Task;
        });
        _feed.Tell(new FeedChange(_user, FeedKind.Status));
        await Eventually.TrueAsync(() => calls.Count == 1, s_soon);

        for (var i = 0; i < 5_000; i++)
        {
            _feed.Tell(new FeedChange(_user, FeedKind.Motion, Guid.NewGuid()));
        }

        free.SetResult();
        await Eventually.TrueAsync(() => calls.Count == 2, s_soon);
        Assert.InRange(calls.Last().Count, 1, 101);
        Assert.Equal(FeedKind.Everything, calls.Last()[0].Kind);
    }

    [Fact]
    public async Task A_Page_That_Fails_Is_Told_The_Next_Time_Again_And_The_Log_Says_So()
    {
        var calls = 0;
        using var page = _feed.Subscribe(_user, _ => Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException("broken") : Task.CompletedTask);

        _feed.Tell(new FeedChange(_user, FeedKind.Status));
        await Eventually.TrueAsync(() => _logs.Lines.Any(line => line.Contains("broken", StringComparison.Ordinal)), s_soon);
        _feed.Tell(new FeedChange(_user, FeedKind.Status));

        await Eventually.TrueAsync(() => Volatile.Read(ref calls) == 2, s_soon);
    }

    [Fact]
    public async Task Who_Has_Left_Hears_Nothing_More()
    {
        var (left, stays) = (new ConcurrentQueue<FeedChange>(), new ConcurrentQueue<FeedChange>());
        Listen(_user, left).Dispose();
        using var page = Listen(_user, stays);

        _feed.TellEverybody();

        await Eventually.TrueAsync(() => stays.Count == 1, s_soon);
        Assert.Equal(FeedKind.Everything, stays.Single().Kind);
        Assert.Empty(left);
    }

    private IDisposable Listen(Guid user, ConcurrentQueue<FeedChange> heard) => _feed.Subscribe(user, changes =>
    {
        changes.ToList().ForEach(heard.Enqueue);
        return Task.CompletedTask;
    });
}
