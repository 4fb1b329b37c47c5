using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

/// <summary>A client over real HTTP to a server that the test scripts. A fresh budget and fresh breakers for each test.</summary>
public abstract class RingTest : IAsyncLifetime
{
    private readonly TestDatabase _database;
    private readonly List<ServiceProvider> _instances = [];

    protected RingTest(TestDatabase database) => _database = database;

    internal FakeRing Ring { get; private set; } = null!;

    internal LogCapture Logs { get; } = new();

    internal RingClient Client => Instance.GetRequiredService<RingClient>();

    internal RingOAuthClient OAuth => Instance.GetRequiredService<RingOAuthClient>();

    internal ServiceProvider Instance => _instances[0];

    public async Task InitializeAsync()
    {
        Ring = await FakeRing.StartAsync();
        await _database.ExecuteAsync("DELETE FROM rate_leases");
        Start();
    }

    public async Task DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await Ring.DisposeAsync();
    }

    /// <summary>One more instance of the portal, or one with other settings.</summary>
    internal ServiceProvider Start(RingTimings? timings = null, string? address = null, params (string Key, string Value)[] settings)
    {
        var instance = RingServices.Create(_database, address ?? Ring.Address, timings, logs: Logs, settings: settings);
        _instances.Add(instance);
        return instance;
    }
}
