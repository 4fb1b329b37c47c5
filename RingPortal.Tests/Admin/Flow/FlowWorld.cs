using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>A portal over <see cref="FlowSeed"/>, composed and not started: nothing works on the rows but what a test asks for.</summary>
public sealed class FlowWorld : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public PortalHost Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        await FlowSeed.FillAsync(Database);
        Portal = PortalHost.Compose(Database);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>One of the portal's services.</summary>
    internal T Get<T>()
        where T : notnull => Portal.Services.GetRequiredService<T>();
}

/// <summary>All who only read it share one.</summary>
[CollectionDefinition(Name)]
public sealed class FlowGroup : ICollectionFixture<FlowWorld>
{
    public const string Name = "Flow";
}
