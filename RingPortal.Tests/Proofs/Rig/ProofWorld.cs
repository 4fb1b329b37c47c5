using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Notifications;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>What a proof runs against.</summary>
internal sealed record ProofShape
{
    public int Portals { get; init; } = 2;

    /// <summary>Households, and cameras of each.</summary>
    public (int Count, int Devices) Households { get; init; } = (50, 4);

    /// <summary>Whether the households are linked by <see cref="ProofSeed"/>.</summary>
    public bool Seeded { get; init; } = true;

    /// <summary>Puts <see cref="ProofWorld.Wire"/> between the portals and PostgreSQL.</summary>
    public bool WiredDatabase { get; init; }

    /// <summary>Variables of single instances, a faked clock for example; those without an entry have none.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Environments { get; init; } = [];

    /// <summary>Variables of PostgreSQL.</summary>
    public IReadOnlyDictionary<string, string>? ServerEnvironment { get; init; }

    /// <summary>Settings of PostgreSQL that differ, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Server { get; init; } = [];

    /// <summary>Runs Ring's simulator as a process, with the households as its users.</summary>
    public bool Ring { get; init; }

    /// <summary>The instances answer by https too, for real browsers.</summary>
    public bool Browsers { get; init; }

    /// <summary>Begins with the program and the schema from before the newest migration.</summary>
    public bool Before { get; init; }

    /// <summary>Settings that differ from <see cref="ProofSettings"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>A cluster, portals as processes on it, and events for linked households.</summary>
internal sealed class ProofWorld : IAsyncDisposable
{
    private readonly TestFolder _home = new();

    private ProofWorld(string id) => Files = new ProofFiles(id);

    public ProofFiles Files { get; }

    public ProofCluster Cluster { get; private set; } = null!;

    public IReadOnlyList<ProofPortal> Portals { get; private set; } = [];

    /// <summary>What all instances share.</summary>
    public Dictionary<string, string> Settings { get; private set; } = [];

    public EventMill Mill { get; private set; } = null!;

    /// <summary>The wire to PostgreSQL, where the shape asks for it.</summary>
    public TcpProxy Wire { get; private set; } = null!;

    /// <summary>The mail server of all instances.</summary>
    public SmtpListener Mail { get; } = new();

    /// <summary>Ring, where the shape asks for it.</summary>
    public ProofSimulator Ring { get; private set; } = null!;

    public IReadOnlyList<Uri> Addresses => [.. Portals.Select(portal => portal.Address)];

    /// <param name="id">Name of the proof.</param>
    /// <param name="shape">What it needs.</param>
    public static async Task<ProofWorld> StartAsync(string id, ProofShape? shape = null)
    {
        var world = new ProofWorld(id);
        try
        {
            await world.StartAsync(shape ?? new ProofShape());
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var portal in Portals)
        {
            await portal.DisposeAsync();
        }

        await (Ring?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Wire?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Mail.DisposeAsync();
        await (Cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        _home.Dispose();
    }

    /// <summary>Runs a program's <c>migrate</c>.</summary>
    public async Task MigrateAsync((string Folder, string Program) portal)
    {
        var log = Files.Log("migrate");
        await using var migration = ProofProcess.Start(new ProofCommand("dotnet", [portal.Program, "migrate"], log) { Folder = portal.Folder, Environment = Settings });
        var code = await migration.ExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(code == 0, $"The migration ended with {code}, see {log}");
    }

    private async Task StartAsync(ProofShape shape)
    {
        Cluster = shape.Before
            ? await ProofCluster.CreateEmptyAsync(Files, shape.ServerEnvironment, shape.Server)
            : await ProofCluster.CreateAsync(Files, shape.ServerEnvironment, shape.Server);
        var households = Household.Make(shape.Households.Count, shape.Households.Devices);
        if (shape.Ring)
        {
            Ring = await ProofSimulator.StartAsync(Files, households);
        }

        if (shape.WiredDatabase)
        {
            Wire = new TcpProxy(Cluster.Port);
        }

        Settings = ProofSettings.Make(Cluster, Wire?.Port, Ring?.Address, _home);
        if (Ring is not null)
        {
            Settings["Ring__MediaHosts"] = Ring.Media.Authority;
        }

        Settings["Smtp__Port"] = FormattableString.Invariant($"{Mail.Port}");
        foreach (var (key, value) in shape.Settings)
        {
            Settings[key] = value;
        }

        if (shape.Before)
        {
            await MigrateAsync(ProofPrograms.Before);
        }

        Mill = new EventMill(Settings["Ring__HmacKey"], households);
        if (shape.Seeded)
        {
            await ProofSeed.LinkAsync(Cluster, Mill.Households);
        }

        Portals = [.. Enumerable.Range(0, shape.Portals).Select(number => new ProofPortal(number, Settings, Files, shape.Environments.ElementAtOrDefault(number))
        {
            Program = shape.Before ? ProofPrograms.Before : ProofPrograms.Portal,
            SecurePort = shape.Browsers ? FreePort.Take() : null,
        })];
        await Task.WhenAll(Portals.Select(portal => portal.StartReadyAsync()));
        await (Ring?.SendToAsync(Addresses) ?? Task.CompletedTask);
    }
}
