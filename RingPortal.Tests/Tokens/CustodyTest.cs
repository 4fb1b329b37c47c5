using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Tokens;

/// <summary>Links in a real database, two instances of the portal, and a token endpoint that rotates strictly.</summary>
public abstract class CustodyTest : IAsyncLifetime
{
    private readonly List<ServiceProvider> _instances = [];

    protected CustodyTest(TestDatabase database) => Database = database;

    internal TestDatabase Database { get; }

    internal FakeRing Ring { get; private set; } = null!;

    internal TokenServer Tokens { get; } = new();

    internal LogCapture Logs { get; } = new();

    internal IReadOnlyList<ServiceProvider> Instances => _instances;

    internal LinkAccess Access => _instances[0].GetRequiredService<LinkAccess>();

    public async Task InitializeAsync()
    {
        await Database.ExecuteAsync("DELETE FROM ring_tokens; DELETE FROM rate_leases; DELETE FROM alarms");
        Ring = await FakeRing.StartAsync();
        Ring.Answer = Tokens.AnswerAsync;
        for (var instance = 0; instance < 2; instance++)
        {
            // Answers are held back here, on a busy machine for long.
            _instances.Add(RingServices.Create(Database, Ring.Address, RingServices.Quick with { Attempt = TimeSpan.FromSeconds(30) }, logs: Logs));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await Ring.DisposeAsync();
    }

    internal static Task<RingResult<string>> TellAsync(string accessToken, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(RingResult.Success(accessToken));
    }

    internal static Task<RingResult<string>> NeverAsync(string accessToken, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Ring must not be called.");

    /// <summary>A link with the tokens <c>access-0</c> and <c>refresh-0</c>.</summary>
    internal async Task<Guid> AddLinkAsync(TimeSpan left, RingTokenState state = RingTokenState.Active, TimeSpan? sinceRefresh = null)
    {
        var now = DateTimeOffset.UtcNow;
        var id = Guid.CreateVersion7();
        var vault = _instances[0].GetRequiredService<TokenVault>();
        await using var context = Database.CreateContext();
        var user = new PortalUser { UserName = $"{id:N}", CreatedAt = now };
        context.Users.Add(user);
        await context.SaveChangesAsync();
        var ended = RingTokenTransitions.Ended.Contains(state);
        context.RingTokens.Add(new RingToken
        {
            Id = id,
            State = state,
            CodeHash = id.ToByteArray(),
            AccountId = $"ava1.ring.account.{id:N}",
            UserId = RingTokenTransitions.Living.Contains(state) ? user.Id : null,
            SealedAccessToken = ended ? null : vault.Seal(id, VaultColumns.AccessToken, "access-0"),
            SealedRefreshToken = ended ? null : vault.Seal(id, VaultColumns.RefreshToken, "refresh-0"),
            AccessExpiresAt = now + left,
            RefreshedAt = now - (sinceRefresh ?? TimeSpan.FromHours(1)),
            SourceNetwork = "127.0.0.0/24",
            ReceivedAt = now,
            RetainFrom = now,
            StateChangedAt = now,
        });
        await context.SaveChangesAsync();
        return id;
    }

    internal async Task<RingToken> RowAsync(Guid id)
    {
        await using var context = Database.CreateContext();
        return (await context.RingTokens.FindAsync(id))!;
    }

    internal async Task<(string Access, string Refresh)> OpenAsync(Guid id)
    {
        var row = await RowAsync(id);
        var vault = _instances[1].GetRequiredService<TokenVault>();
        return (vault.Open(id, VaultColumns.AccessToken, row.SealedAccessToken), vault.Open(id, VaultColumns.RefreshToken, row.SealedRefreshToken));
    }

    internal Task<long> OpenAlarmsAsync(string key) =>
        Database.ScalarAsync<long>($"SELECT count(*) FROM alarms WHERE key = '{key}' AND resolved_at IS NULL");

    /// <summary>As if the time of a lease, or of a rest after a failure, were over.</summary>
    internal Task<int> EndLeaseAsync(Guid id) =>
        Database.ExecuteAsync($"UPDATE ring_tokens SET lease_until = now() - interval '1 second' WHERE id = '{id}'");
}
