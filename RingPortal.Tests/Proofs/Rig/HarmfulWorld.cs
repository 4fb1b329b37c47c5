namespace RingPortal.Tests.Proofs.Rig;

/// <summary>The harms that can be done to a world, each undone before the next: processes killed or frozen by their ids.</summary>
internal sealed class HarmfulWorld(ProofWorld world)
{
    private int _portalKills;
    private int _serverKills;

    public int PortalKills => _portalKills;

    public int ServerKills => _serverKills;

    /// <summary>
    /// SIGKILL to one portal, sometimes to all, and a start after a random rest. The next harm does not wait until they
    /// are ready: it may hit them while they start.
    /// </summary>
    public Harm KillPortal(int weight) => new("kill portals", weight, async random =>
    {
        var first = random.Next(world.Portals.Count);
        var victims = random.Next(5) == 0 ? world.Portals : [world.Portals[first]];
        foreach (var victim in victims)
        {
            await victim.KillAsync();
            _portalKills++;
        }

        await Moments.PassAsync(TimeSpan.FromSeconds(random.NextDouble()));
        Raise();
        await Moments.PassAsync(TimeSpan.FromSeconds(4 * random.NextDouble()));
    });

    /// <summary>SIGKILL to all of PostgreSQL.</summary>
    public Harm KillServer(int weight) => new("kill PostgreSQL", weight, async random =>
    {
        await world.Cluster.KillAsync();
        _serverKills++;
        await Moments.PassAsync(TimeSpan.FromSeconds(random.NextDouble()));
        await world.Cluster.StartAsync();
    });

    /// <summary>SIGSTOP to one portal for up to 8 seconds, longer than Ring's patience.</summary>
    public Harm FreezePortal(int weight) => new("freeze a portal", weight, async random =>
    {
        Raise();
        var victim = world.Portals[random.Next(world.Portals.Count)];
        victim.Freeze();
        await Moments.PassAsync(TimeSpan.FromSeconds(8 * random.NextDouble()));
        victim.Thaw();
    });

    /// <summary>SIGSTOP to all of PostgreSQL for up to 5 seconds.</summary>
    public Harm FreezeServer(int weight) => new("freeze PostgreSQL", weight, async random =>
    {
        await world.Cluster.FreezeAsync();
        await Moments.PassAsync(TimeSpan.FromSeconds(5 * random.NextDouble()));
        world.Cluster.Thaw();
    });

    /// <summary>SIGTERM to one portal, as a new version does, and a start.</summary>
    public Harm StopPortal(int weight) => new("stop a portal", weight, async random =>
    {
        Raise();
        var victim = world.Portals[random.Next(world.Portals.Count)];
        await victim.StopAsync(TimeSpan.FromSeconds(40));
        Raise();
    });

    /// <summary>PostgreSQL stopped at once for up to 5 seconds.</summary>
    public Harm StopServer(int weight) => new("stop PostgreSQL", weight, async random =>
    {
        await world.Cluster.StopAtOnceAsync();
        await Moments.PassAsync(TimeSpan.FromSeconds(5 * random.NextDouble()));
        await world.Cluster.StartAsync();
    });

    /// <summary>The wire to PostgreSQL late, silent, half-open, closed, reset or cut for up to 5 seconds.</summary>
    public Harm SpoilWire(int weight) => new("spoil the wire", weight, async random =>
    {
        Action[] toxics =
        [
            () => world.Wire.Delay(TimeSpan.FromMilliseconds(200 * random.NextDouble())), world.Wire.Silence, world.Wire.Deafen, world.Wire.Close, world.Wire.Reset,
            () => { world.Wire.CutAfter(random.Next(50_000)); world.Wire.Reset(); },
        ];
        toxics[random.Next(toxics.Length)]();
        await Moments.PassAsync(TimeSpan.FromSeconds(5 * random.NextDouble()));
        world.Wire.Heal();
    });

    /// <summary>Starts what does not run, as a supervisor does, and waits until every portal is ready.</summary>
    public Task AllStandAsync()
    {
        Raise();
        return Task.WhenAll(world.Portals.Select(portal => portal.ReadyAsync()));
    }

    private void Raise()
    {
        foreach (var portal in world.Portals.Where(portal => !portal.IsRunning))
        {
            portal.Start();
        }
    }
}
