using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Hosting;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Linking;

/// <summary>A portal, its database and Ring, for one test class.</summary>
public sealed class LinkWorld : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _settings;

    public LinkWorld()
        : this(new Dictionary<string, string?>())
    {
    }

    /// <param name="settings">Settings of the portal that differ, keys with colons.</param>
    internal LinkWorld(IReadOnlyDictionary<string, string?> settings) => _settings = new(settings);

    public TestDatabase Database { get; private set; } = null!;

    public RingCloud Ring { get; private set; } = null!;

    public PortalHost Portal { get; private set; } = null!;

    /// <summary>The vault key of the portal, for a second one beside it.</summary>
    public string VaultKey { get; } = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Ring = await RingCloud.StartAsync(RingCloudOptions.ForTests());
        Portal = await PortalHost.StartAsync(Database, Ring, new Dictionary<string, string?>(_settings) { ["Vault:Keys:0"] = VaultKey });
        await ReadyAsync(Portal);
    }

    /// <summary>Installs the app for a new Ring user of its own, so that tests do not meet; the tokens are in the pool.</summary>
    public async Task<RingPerson> InstallAsync(InstallOptions? options = null, bool untilUnclaimed = true, int cameras = 2)
    {
        var person = RingPerson.New(cameras);
        Ring.Accounts.Put(person.Account);
        await Ring.InstallAsync(person.Key, options ?? new InstallOptions { ShareDevices = person.DeviceIds });
        if (untilUnclaimed)
        {
            await UntilStateAsync(person, "UNCLAIMED");
        }

        return person;
    }

    public Task UntilStateAsync(RingPerson person, string state) =>
        Eventually.TrueAsync(async () => (await StatesAsync(person)).Contains(state), TimeSpan.FromSeconds(30), $"{state}");

    public async Task<IReadOnlyList<string>> StatesAsync(RingPerson person)
    {
        await using var command = Database.Source.CreateCommand("SELECT state FROM ring_tokens WHERE account_id = @id ORDER BY received_at");
        command.Parameters.AddWithValue("id", person.AccountId);
        await using var reader = await command.ExecuteReaderAsync();
        var states = new List<string>();
        while (await reader.ReadAsync())
        {
            states.Add(reader.GetString(0));
        }

        return states;
    }

    /// <summary>Until nothing that the linking set going is under way any more: neither an event nor a reading.</summary>
    internal Task QuietAsync(RingPerson person) => Eventually.TrueAsync(() => IsQuietAsync(person), TimeSpan.FromSeconds(30), "all is quiet");

    public static async Task ReadyAsync(PortalHost portal)
    {
        using var client = portal.CreateClient();
        await Eventually.TrueAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(30), "ready");
    }

    // First what is on its way, which no table knows yet.
    private async Task<bool> IsQuietAsync(RingPerson person) =>
        Ring.Deliveries.Count(account: person.Key, fate: DeliveryFate.Waiting) == 0
        && await Database.ScalarAsync<long>(
            $"SELECT (SELECT count(*) FROM sync_requests JOIN ring_tokens ON ring_tokens.id = ring_token_id WHERE account_id = '{person.AccountId}') + (SELECT count(*) FROM webhook_inbox WHERE account_id = '{person.AccountId}' AND state = 'Due')") == 0;

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Ring.DisposeAsync();
        await Database.DisposeAsync();
    }
}
