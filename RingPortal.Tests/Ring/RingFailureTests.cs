using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingFailureTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    private const string User = """{"data":{"type":"users","id":"ava1.ring.account.A"}}""";

    public static TheoryData<int, string, RingFailure> Statuses { get; } = new()
    {
        { 400, """{"errors":[{"status":"400","title":"Invalid Nonce"}]}""", new RingFailure.Refused(400, "Invalid Nonce") },
        { 400, "<html>no</html>", new RingFailure.Refused(400, null) },
        { 400, """{"errors":[{"code":"INVALID_PAYLOAD","title":null}]}""", new RingFailure.Refused(400, "INVALID_PAYLOAD") },
        { 400, """{"errors":{}}""", new RingFailure.Refused(400, null) },
        { 401, "", new RingFailure.Unauthorized() },
        { 403, """{"errors":[{"title":"Out of Scope Access"}]}""", new RingFailure.Forbidden("Out of Scope Access") },
        { 404, "", new RingFailure.NotFound() },
        { 409, "", new RingFailure.Refused(409, null) },
        { 422, """{"errors":[{"code":"CORRUPT_RECORDING"}]}""", new RingFailure.Refused(422, "CORRUPT_RECORDING") },
        { 500, "", new RingFailure.Unavailable(500) },
        { 503, """{"errors":[]}""", new RingFailure.Unavailable(503) },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Every_Status_Has_Its_Failure_And_A_Post_Is_Sent_Once(int status, string body, RingFailure expected)
    {
        Ring.Always(status, body);

        var result = await Client.ConfirmLinkAsync("token", "m***l@example.com", "nonce", CancellationToken.None);

        Assert.False(result.IsSuccess);
        Assert.Equal(expected, result.Failure);
        Assert.Single(Ring.Calls);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_Redirect_Is_Not_Followed(int status)
    {
        await using var elsewhere = await FakeRing.StartAsync();
        Ring.Always(status, "", ("Location", $"{elsewhere.Address}/v1/users/me"));

        var result = await Client.GetUserAsync("token", CancellationToken.None);

        Assert.Equal(new RingFailure.Unreadable(status), result.Failure);
        Assert.Empty(elsewhere.Calls);
        Assert.Single(Ring.Calls);
    }

    [Fact]
    public async Task A_Get_Is_Tried_Three_Times()
    {
        Ring.Answer = (http, number) => number < 3 ? http.AnswerAsync(503) : http.AnswerAsync(200, User);

        Assert.True((await Client.GetUserAsync("token", CancellationToken.None)).IsSuccess);
        Assert.Equal(3, Ring.Calls.Count);

        Ring.Always(502);
        Assert.Equal(new RingFailure.Unavailable(502), (await Client.GetUserAsync("token", CancellationToken.None)).Failure);
        Assert.Equal(6, Ring.Calls.Count);
    }

    [Fact]
    public async Task An_Answer_That_Never_Comes_Leaves_The_Outcome_Of_A_Post_Unknown()
    {
        Ring.Answer = (http, _) => Drop(http);

        var post = await Client.ConfirmLinkAsync("token", "m", "nonce", CancellationToken.None);
        Assert.IsType<RingFailure.OutcomeUnknown>(post.Failure);
        Assert.Single(Ring.Calls);

        // A read has no outcome that could be unknown.
        var get = await Client.GetUserAsync("token", CancellationToken.None);
        Assert.Equal(new RingFailure.Unavailable(null), get.Failure);
        Assert.Equal(4, Ring.Calls.Count);
    }

    [Fact]
    public async Task An_Answer_That_Comes_Too_Late_Leaves_The_Outcome_Of_A_Post_Unknown()
    {
        var impatient = Start(RingServices.Quick with { Attempt = TimeSpan.FromMilliseconds(300) }).GetRequiredService<RingClient>();
        Ring.Answer = (http, _) => Silence(http);

        var started = Stopwatch.StartNew();
        var result = await impatient.SetLinkStatusAsync("token", RingIntegrationStatus.Completed, null, CancellationToken.None);

        Assert.IsType<RingFailure.OutcomeUnknown>(result.Failure);
        Assert.InRange(started.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Nobody_Listening_Is_Certain_To_Have_Had_No_Effect()
    {
        // Not the port of a server that is gone: another test's may get it.
        var client = Start(address: "http://127.0.0.1:9").GetRequiredService<RingClient>();

        Assert.Equal(new RingFailure.Unavailable(null), (await client.ConfirmLinkAsync("token", "m", "nonce", CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task A_Caller_Who_Gives_Up_Gets_The_Cancellation()
    {
        using var giveUp = new CancellationTokenSource();
        Ring.Answer = async (http, _) =>
        {
            await giveUp.CancelAsync();
            await Silence(http);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.GetUserAsync("token", giveUp.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html></html>")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":[]}""")]
    public async Task A_Success_That_Makes_No_Sense_Is_Unreadable(string body)
    {
        Ring.Always(200, body);

        Assert.Equal(new RingFailure.Unreadable(200), (await Client.GetUserAsync("token", CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task An_Answer_Over_4_MiB_Is_Unreadable()
    {
        Ring.Always(200, new string(' ', (4 * 1024 * 1024) + 1) + User);

        Assert.IsType<RingFailure.Unreadable>((await Client.GetUserAsync("token", CancellationToken.None)).Failure);
    }

    private static Task Drop(Microsoft.AspNetCore.Http.HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Until the caller hangs up.</summary>
    private static async Task Silence(Microsoft.AspNetCore.Http.HttpContext http)
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    }
}
