using System.Text;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Linking;

/// <summary>The canary: after whole lives of links, with the log at its loudest, no secret stands in any line of it.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SecretsStayHomeTests : IAsyncLifetime
{
    private readonly LinkWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task No_Code_Token_Secret_Nonce_Password_Or_Email_Reaches_A_Log_Or_A_Stored_Job()
    {
        var person = RingPerson.New();
        _world.Ring.Accounts.Put(person.Account);
        var installed = await _world.Ring.InstallAsync(person.Key, new() { ShareDevices = person.DeviceIds });
        await _world.UntilStateAsync(person, "UNCLAIMED");
        var redirect = _world.Ring.BeginLink(person.Key);
        var nonce = System.Web.HttpUtility.ParseQueryString(redirect.Query)["nonce"]!;
        var email = $"canary-{Guid.NewGuid():N}@example.org";
        using var visitor = new Visitor(_world.Portal);
        var form = await visitor.ArriveAsync(redirect);
        await visitor.SignInAsync(form, email, "wrong canary password 1");
        var consent = await visitor.FollowAsync(await visitor.SignUpAsync(form, email));
        await visitor.ConnectAsync(consent);
        await visitor.UntilAsync("Done");
        await visitor.OpenAsync($"/ring/link?nonce={nonce}&time=1");
        await visitor.OpenAsync($"/nowhere?nonce={nonce}");

        var secrets = new Dictionary<string, string>
        {
            ["code"] = installed.Code,
            ["nonce"] = nonce,
            ["e-mail"] = email,
            ["Ring e-mail"] = person.Account.Email!,
            ["password"] = Visitor.Password,
            ["wrong password"] = "wrong canary password 1",
            ["client secret"] = new global::RingPortal.Simulator.Hosting.RingCloudOptions().ClientSecret,
            ["HMAC key"] = new global::RingPortal.Simulator.Hosting.RingCloudOptions().HmacKey,
            ["vault key"] = _world.VaultKey,
        };
        foreach (var (name, token) in await TokensAsync(person))
        {
            secrets[name] = token;
        }

        var lines = _world.Portal.Logs.Lines;
        Assert.True(lines.Count > 100, "The log must be loud for this to mean anything.");
        foreach (var (name, secret) in secrets)
        {
            foreach (var form2 in new[] { secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) }.Distinct())
            {
                var line = lines.FirstOrDefault(line => line.Contains(form2, StringComparison.OrdinalIgnoreCase));
                Assert.True(line is null, $"The {name} stands in: {line?[..Math.Min(line.Length, 400)]}");
            }

            Assert.Equal(0, await _world.Database.ScalarAsync<long>($"SELECT count(*) FROM hangfire.job WHERE arguments::text ILIKE '%{secret.Replace("'", "''", StringComparison.Ordinal)}%' OR invocationdata::text ILIKE '%{secret.Replace("'", "''", StringComparison.Ordinal)}%'"));
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> TokensAsync(RingPerson person)
    {
        await using var context = _world.Database.CreateContext();
        var row = context.RingTokens.Single(token => token.AccountId == person.AccountId);
        var vault = (Web.Features.Tokens.TokenVault)_world.Portal.Services.GetService(typeof(Web.Features.Tokens.TokenVault))!;
        return new Dictionary<string, string>
        {
            ["access token"] = vault.Open(row.Id, Web.Features.Tokens.VaultColumns.AccessToken, row.SealedAccessToken),
            ["refresh token"] = vault.Open(row.Id, Web.Features.Tokens.VaultColumns.RefreshToken, row.SealedRefreshToken),
        };
    }
}
