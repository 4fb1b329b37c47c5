using RingPortal.Simulator.Hosting;

namespace RingPortal.Tests.Simulator;

/// <summary>A cloud of its own for each test.</summary>
public abstract class CloudTest : IAsyncLifetime
{
    private protected RingCloudOptions Options { get; } = RingCloudOptions.ForTests();

    private protected RingCloud Cloud { get; private set; } = null!;

    private protected PartnerCalls Partner { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Cloud = await RingCloud.StartAsync(Options);
        Partner = new PartnerCalls(Cloud, Options);
    }

    public virtual async Task DisposeAsync()
    {
        Partner.Dispose();
        await Cloud.DisposeAsync();
    }
}
