using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Linking;

/// <summary>Faults are planned for a whole simulator, so each test has a world of its own.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LinkFaultTests : IAsyncLifetime
{
    private readonly LinkWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task When_Ring_Confirms_Only_Later_The_Link_Is_Finished_By_Itself()
    {
        using var visitor = await ConsentedAsync(Fault.Answer(RingOperation.AppIntegrationsPost, 503, times: 2));
        await visitor.UntilAsync("Done");
    }

    [Fact]
    public async Task When_The_Answer_To_The_Confirmation_Is_Lost_The_Completion_Tells_That_It_Worked()
    {
        using var visitor = await ConsentedAsync(Fault.Drop(RingOperation.AppIntegrationsPost, afterEffect: true));
        await visitor.UntilAsync("Done");
        Assert.InRange(_world.Ring.Calls.Count(RingOperation.AppIntegrationsPost), 1, 2);
    }

    [Fact]
    public async Task When_Only_The_Completion_Fails_The_Confirmation_Is_Not_Repeated()
    {
        using var visitor = await ConsentedAsync(Fault.Answer(RingOperation.AppIntegrationsPatch, 500, times: 2));
        await visitor.UntilAsync("Done");
        Assert.Equal(1, _world.Ring.Calls.Count(RingOperation.AppIntegrationsPost));
        Assert.Equal(3, _world.Ring.Calls.Count(RingOperation.AppIntegrationsPatch));
    }

    [Fact]
    public async Task When_Cameras_Cannot_Be_Listed_At_First_The_Page_Waits_And_Then_Shows_Them()
    {
        using var visitor = await ConsentedAsync(Fault.Answer(RingOperation.Devices, 500, times: 0));
        await visitor.UntilAsync("Loading");
        await Eventually.TrueAsync(() => _world.Ring.Calls.Count(RingOperation.Devices, status: 500) >= 5, TimeSpan.FromSeconds(60), "Ring was asked five times");
        _world.Ring.Faults.Clear();
        await visitor.UntilAsync("Done");
        Assert.Contains("Camera 1", (await visitor.OpenAsync("/ring/link/done")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_Ring_Refuses_The_Nonce_The_Tokens_Go_Back_To_The_Pool_And_A_New_Tap_Works()
    {
        var person = await _world.InstallAsync();
        using var visitor = new Visitor(_world.Portal);
        var redirect = _world.Ring.BeginLink(person.Key);
        var consent = await visitor.ReachConsentAsync(redirect, $"refused-{Guid.NewGuid():N}@example.org");
        // Ring's clock runs ahead: for Ring the nonce has run out, for us it has not.
        _world.Ring.Clock.Offset = TimeSpan.FromMinutes(11);
        await visitor.ConnectAsync(consent);
        await visitor.UntilAsync("Refused");
        Assert.Equal("Ring did not accept this request", (await visitor.OpenAsync("/ring/link/done")).Heading);
        Assert.Equal(["UNCLAIMED"], await _world.StatesAsync(person));

        _world.Ring.Clock.Offset = TimeSpan.Zero;
        var form = await visitor.ArriveAsync(_world.Ring.BeginLink(person.Key));
        var again = await visitor.FollowAsync(await visitor.SignInAsync(form, consent.Document.QuerySelectorAll(".rp-side-name")[1].TextContent.Trim()));
        await visitor.ConnectAsync(again);
        await visitor.UntilAsync("Done");
    }

    [Fact]
    public async Task When_Ring_Is_Silent_Until_The_Nonce_Has_Run_Out_Nothing_Is_Connected()
    {
        var person = await _world.InstallAsync();
        _world.Ring.Faults.Add(Fault.Answer(RingOperation.AppIntegrationsPost, 503, times: 0));
        _world.Ring.Faults.Add(Fault.Answer(RingOperation.AppIntegrationsPatch, 503, times: 0));
        using var visitor = new Visitor(_world.Portal);
        // The nonce has nearly run out: what is left is enough to sign up and to consent on a slow machine too.
        var redirect = _world.Ring.BeginLink(person.Key, DateTimeOffset.UtcNow.AddSeconds(-575));
        await visitor.ConnectAsync(await visitor.ReachConsentAsync(redirect, $"silent-{Guid.NewGuid():N}@example.org"));
        await visitor.UntilAsync("TimedOut");
        Assert.Equal("We could not finish", (await visitor.OpenAsync("/ring/link/done")).Heading);
        Assert.Equal(["UNCLAIMED"], await _world.StatesAsync(person));
    }

    private async Task<Visitor> ConsentedAsync(Fault fault)
    {
        var person = await _world.InstallAsync();
        _world.Ring.Faults.Add(fault);
        var visitor = new Visitor(_world.Portal);
        await visitor.ConnectAsync(await visitor.ReachConsentAsync(_world.Ring.BeginLink(person.Key), $"fault-{Guid.NewGuid():N}@example.org"));
        return visitor;
    }
}
