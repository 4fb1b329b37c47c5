using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingRateLimiterTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    private static readonly RingTimings s_patient = RingServices.Quick with
    {
        InteractivePatience = TimeSpan.FromSeconds(15),
        BackgroundPatience = TimeSpan.FromSeconds(15),
    };

    private static readonly (string, string) s_fifty = ("Ring:MaxRequestsPerSecond", "50");

    [Fact]
    public async Task Two_Instances_Together_Keep_The_Rate_And_Use_It()
    {
        RingRateLimiter[] instances = [Limiter(), Limiter()];
        var entered = new ConcurrentQueue<long>();

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async call =>
        {
            Assert.Null(await instances[call % 2].EnterAsync(RingPriority.Interactive, CancellationToken.None));
            entered.Enqueue(Stopwatch.GetTimestamp());
        }));

        // 100 calls at 50 a second take 2 seconds; a busy machine takes longer and bunches some calls.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(30));
        Assert.InRange(MostInOneSecond([.. entered.Order()]), 10, 90);
    }

    [Fact]
    public async Task Background_Calls_Get_Half_Of_The_Rate()
    {
        var limiter = Limiter();

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 26).Select(_ => limiter.EnterAsync(RingPriority.Background, CancellationToken.None)));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_Person_Does_Not_Queue_Behind_Jobs()
    {
        var (jobs, person) = (Limiter(), Limiter());
        var background = Enumerable.Range(0, 90).Select(_ => jobs.EnterAsync(RingPriority.Background, CancellationToken.None)).ToList();
        await background[3];

        Assert.Null(await person.EnterAsync(RingPriority.Interactive, CancellationToken.None));

        // Behind the queue it would have been the last of all.
        Assert.True(background.Count(call => call.IsCompleted) < 80);
        await Task.WhenAll(background);
    }

    [Fact]
    public async Task A_Short_Pause_Holds_Everybody_And_A_Long_One_Is_Told()
    {
        var (first, second) = (Limiter(), Limiter());
        var watch = Stopwatch.StartNew();
        await first.PauseAsync(TimeSpan.FromSeconds(1.5), CancellationToken.None);
        Assert.Null(await second.EnterAsync(RingPriority.Interactive, CancellationToken.None));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(30));

        await first.PauseAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        var refusals = await Task.WhenAll(
            second.EnterAsync(RingPriority.Interactive, CancellationToken.None), second.EnterAsync(RingPriority.Background, CancellationToken.None));
        Assert.All(refusals, refusal => Assert.InRange(refusal!.RetryAfter, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task After_A_429_No_Instance_Calls_Ring_Before_Retry_After_Is_Over()
    {
        Ring.Answer = (http, number) => number == 1 ? http.AnswerAsync(429, "", ("Retry-After", "2")) : http.AnswerAsync(200, """{"data":{"id":"a"}}""");
        var other = Start().GetRequiredService<RingClient>();

        var first = Client.GetUserAsync("token", CancellationToken.None);
        await Eventually.TrueAsync(() => !Ring.Calls.IsEmpty, TimeSpan.FromSeconds(20));
        await Eventually.TrueAsync(() => Logs.Lines.Any(line => line.Contains("429", StringComparison.Ordinal)), TimeSpan.FromSeconds(20));
        var second = other.GetUserAsync("token", CancellationToken.None);

        Assert.All(await Task.WhenAll(first, second), result => Assert.True(result.IsSuccess));
        var calls = Ring.Calls.ToArray();
        Assert.Equal(3, calls.Length);
        Assert.InRange(Stopwatch.GetElapsedTime(calls[0].At, calls[1].At), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("60", 55, 60)]
    [InlineData("100000", 290, 300)]
    public async Task A_Long_Retry_After_Is_Told_To_The_Caller_And_Capped(string header, int least, int most)
    {
        Ring.Always(429, "", ("Retry-After", header));

        var result = await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None);
        var next = await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None);

        Assert.InRange(Assert.IsType<RingFailure.RateLimited>(result.Failure).RetryAfter.TotalSeconds, least, most);
        Assert.InRange(Assert.IsType<RingFailure.RateLimited>(next.Failure).RetryAfter.TotalSeconds, least, most);
        Assert.Single(Ring.Calls);
    }

    private static int MostInOneSecond(long[] moments) =>
        moments.Select((moment, index) => moments.Skip(index).TakeWhile(other => Stopwatch.GetElapsedTime(moment, other) < TimeSpan.FromSeconds(1)).Count()).Max();

    private RingRateLimiter Limiter() => Start(s_patient, settings: s_fifty).GetRequiredService<RingRateLimiter>();
}
