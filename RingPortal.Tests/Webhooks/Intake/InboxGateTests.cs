using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Webhooks.Intake;
using Xunit.Abstractions;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>The database stops and freezes for real. Ring gives five seconds; the figures that are promised are measured where the machine is quiet.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class InboxGateTests(OwnCluster cluster, TestDatabase unused, ITestOutputHelper output) : IClassFixture<OwnCluster>, IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly TimeSpan s_ringsPatience = TimeSpan.FromSeconds(5) * Eventually.Patience;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private PortalHost _portal = null!;
    private HttpClient _client = null!;

    private InboxGate Gate => _portal.Services.GetRequiredService<InboxGate>();

    private InboxWriter Writer => _portal.Services.GetRequiredService<InboxWriter>();

    public async Task InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(unused, settings: cluster.Settings);
        _client = _portal.CreateClient();
        await LinkWorld.ReadyAsync(_portal);
        await AcceptedAgainAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task A_Stopped_Database_Is_503_At_Once_And_Taken_Again_When_It_Is_Back()
    {
        await cluster.StopAsync();
        var refused = await PostInTurnAsync(6);
        Assert.All(refused, IsRefused);
        Assert.True(Gate.IsOpen);
        Tell("stopped", refused);

        await cluster.RestartAsync();
        await AcceptedAgainAsync();
    }

    [Fact]
    public async Task A_Frozen_Database_Is_503_In_Time_And_At_Once_When_The_Gate_Is_Open()
    {
        cluster.Freeze();
        try
        {
            var first = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Delivery.New().PostAsync(_client)));
            Assert.All(first, IsRefused);
            Tell("frozen, first", first);
            await PostInTurnAsync(2);
            Assert.True(Gate.IsOpen);
            var later = await PostInTurnAsync(5);
            Assert.All(later, IsRefused);
            Tell("frozen, gate open", later);

            // What the driver still holds comes to its end without the database's help.
            Assert.InRange(Writer.Abandoned, 0, 2 * InboxBatcher.MostBatches);
            await Eventually.TrueAsync(() => Writer.Abandoned == 0, s_limit);
        }
        finally
        {
            cluster.Thaw();
        }

        await AcceptedAgainAsync();
    }

    [Fact]
    public async Task What_Was_Caught_By_The_Freeze_Is_Stored_Once_When_It_Is_Sent_Again()
    {
        var caught = Enumerable.Range(0, 50).Select(_ => Delivery.New()).ToList();
        cluster.Freeze();
        try
        {
            Assert.All(await Task.WhenAll(caught.Select(delivery => delivery.PostAsync(_client))), IsRefused);
        }
        finally
        {
            cluster.Thaw();
        }

        await AcceptedAgainAsync();
        foreach (var delivery in caught)
        {
            await Eventually.TrueAsync(async () => (await delivery.PostAsync(_client)).Status is HttpStatusCode.OK, s_limit);
        }

        Assert.Equal(caught.Count, await cluster.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE request_id IN ({string.Join(',', caught.Select(delivery => $"'{delivery.RequestId}'"))})"));
    }

    [Fact]
    public async Task Alarms_Neither_Slow_Nor_Fail_An_Answer_While_The_Database_Is_Frozen()
    {
        cluster.Freeze();
        try
        {
            for (var delivery = 0; delivery < 5; delivery++)
            {
                using var request = Delivery.Request("{}"u8.ToArray(), Delivery.Sign("{ }"u8.ToArray()));
                var started = TimeProvider.System.GetTimestamp();
                using var answer = await _client.SendAsync(request);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, s_ringsPatience);
            }
        }
        finally
        {
            cluster.Thaw();
        }

        await Eventually.TrueAsync(async () => await cluster.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'webhook.signature'") == 1, s_limit);
    }

    private async Task<IReadOnlyList<Answer>> PostInTurnAsync(int count)
    {
        var answers = new List<Answer>();
        for (var turn = 0; turn < count; turn++)
        {
            answers.Add(await Delivery.New().PostAsync(_client));
        }

        return answers;
    }

    private async Task AcceptedAgainAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(async () => (await Delivery.New().PostAsync(_client)).Is("accepted"), s_limit);
        output.WriteLine($"accepted again after {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }

    private void Tell(string what, IReadOnlyList<Answer> answers) =>
        output.WriteLine($"{what}: {string.Join(", ", answers.Select(answer => answer.Time.TotalMilliseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture)).Distinct())} ms");

    private static void IsRefused(Answer answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.NotNull(answer.RetryAfter);
        Assert.InRange(answer.Time, TimeSpan.Zero, s_ringsPatience);
    }
}
