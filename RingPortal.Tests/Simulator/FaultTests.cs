using System.Diagnostics;
using System.Net;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

public sealed class FaultTests : CloudTest
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_Answer_Is_Replaced_For_The_Next_Calls_Only(int status)
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Faults.Add(Fault.Answer(RingOperation.Devices, status, times: 2));
        Assert.Equal([status, status, 200], [await DevicesAsync(access), await DevicesAsync(access), await DevicesAsync(access)]);
        Assert.Empty(Cloud.Faults.Planned);
    }

    [Fact]
    public async Task A_Fault_Meets_Its_Own_Operation_And_Any_Meets_Each()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Faults.Add(Fault.Answer(RingOperation.UsersMe, 500));
        Assert.Equal(200, await DevicesAsync(access));
        Cloud.Faults.Clear();
        Cloud.Faults.Add(Fault.Answer(RingOperation.Any, 500));
        Assert.Equal(500, await DevicesAsync(access));
    }

    [Fact]
    public async Task Too_Many_Comes_With_Retry_After()
    {
        Cloud.Faults.Add(Fault.TooMany(RingOperation.UsersMe, retryAfterSeconds: 7));
        using var answer = await Partner.GetAsync("/v1/users/me", null);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Empty_And_Html_Bodies_Are_Not_Json()
    {
        Cloud.Faults.Add(Fault.Empty(RingOperation.UsersMe));
        Cloud.Faults.Add(Fault.Html(RingOperation.UsersMe));
        using var empty = await Partner.GetAsync("/v1/users/me", null);
        using var html = await Partner.GetAsync("/v1/users/me", null);
        Assert.Equal((401, ""), ((int)empty.StatusCode, await empty.Content.ReadAsStringAsync()));
        Assert.Equal((502, "text/html"), ((int)html.StatusCode, html.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData(false, IntegrationStatus.Pending)]
    [InlineData(true, IntegrationStatus.Awaiting)]
    public async Task A_Cut_Connection_Is_Before_Or_After_The_Effect(bool afterEffect, IntegrationStatus expected)
    {
        var (access, _) = await Partner.InstallAsync("mara");
        Cloud.Faults.Add(Fault.Drop(RingOperation.AppIntegrationsPost, afterEffect));
        await Assert.ThrowsAsync<HttpRequestException>(() => Partner.PostNonceAsync(access, PartnerCalls.Nonce(Cloud.BeginLink("mara"))));
        await Cloud.Calls.WaitForAsync(RingOperation.AppIntegrationsPost, null, 1, TimeSpan.FromSeconds(20) * Eventually.Patience);
        Assert.Equal(expected, Cloud.Accounts.Integration("mara")!.Status);
        Assert.Equal(1, Cloud.Calls.Count(RingOperation.AppIntegrationsPost, status: 0));
    }

    [Fact]
    public async Task A_Slow_Call_Still_Works()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Faults.Add(Fault.Slow(RingOperation.Devices, TimeSpan.FromMilliseconds(120)));
        var start = Stopwatch.GetTimestamp();
        Assert.Equal(200, await DevicesAsync(access));
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(110));
    }

    [Theory]
    [InlineData(false, IntegrationStatus.Pending)]
    [InlineData(true, IntegrationStatus.Awaiting)]
    public async Task A_Call_Can_Be_Held_And_Looked_At(bool afterEffect, IntegrationStatus meanwhile)
    {
        var (access, _) = await Partner.InstallAsync("mara");
        using var gate = Cloud.Faults.Hold(RingOperation.AppIntegrationsPost, afterEffect);
        var call = Partner.PostNonceAsync(access, PartnerCalls.Nonce(Cloud.BeginLink("mara")));
        await gate.Arrived.WaitAsync(TimeSpan.FromSeconds(20) * Eventually.Patience);
        Assert.False(call.IsCompleted);
        Assert.Equal(meanwhile, Cloud.Accounts.Integration("mara")!.Status);
        gate.Release();
        using var answer = await call;
        Assert.Equal("awaiting", (string?)(await PartnerCalls.JsonAsync(answer))["status"]);
    }

    [Fact]
    public async Task More_Than_The_Limit_In_A_Second_Are_Refused()
    {
        using var lone = await Partner.GetAsync("/v1/users/me", null);
        Assert.Equal("100", lone.Headers.GetValues("X-RateLimit-Limit").Single());
        Assert.Equal("99", lone.Headers.GetValues("X-RateLimit-Remaining").Single());
        Options.RequestsPerSecond = 10;
        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => Partner.GetAsync("/v1/users/me", null)));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta));
        Assert.All(refused, answer => Assert.Equal("0", answer.Headers.GetValues("X-RateLimit-Remaining").Single()));
    }

    private async Task<int> DevicesAsync(string access)
    {
        using var answer = await Partner.GetAsync("/v1/devices", access);
        return (int)answer.StatusCode;
    }
}
