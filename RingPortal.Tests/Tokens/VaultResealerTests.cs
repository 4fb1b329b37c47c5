using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Hosting.StartUp;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Features.Tokens.Reseal;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Tokens;

/// <summary>A new key of the vault takes over what older ones sealed; whatever changes meanwhile stays as it was changed.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class VaultResealerTests(TestDatabase database) : CustodyTest(database), IClassFixture<TestDatabase>
{
    private const string NewKey = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

    [Fact]
    public void Every_Place_Of_The_Vault_Is_Sealed_Anew() => Assert.Equal(
        typeof(VaultColumns).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        SealedPlace.All.Select(place => place.Column).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Old_Seals_Become_New_Ones_And_The_Old_Key_Can_Go()
    {
        var id = await AddLinkAsync(TimeSpan.FromHours(3));
        await using var instance = RingServices.Create(Database, Ring.Address, settings: [("Vault:Keys:0", NewKey), ("Vault:Keys:1", RingServices.VaultKey)]);
        var resealer = instance.GetRequiredService<VaultResealer>();
        Assert.Equal([], await MissingAsync(instance));
        var person = await AddAuthenticatorAsync(id);

        foreach (var place in SealedPlace.All)
        {
            Assert.Equal(place.Column is VaultColumns.AccessToken or VaultColumns.RefreshToken ? 1 : place.Column is VaultColumns.Authenticator ? 2 : 0, (await resealer.RunAsync(place, CancellationToken.None)).Count);
            Assert.Equal(0, await resealer.CountOldAsync(place, CancellationToken.None));
        }

        await using var later = RingServices.Create(Database, Ring.Address, settings: [("Vault:Keys:0", NewKey)]);
        await using var context = Database.CreateContext();
        var row = context.RingTokens.Single(token => token.Id == id);
        Assert.Equal("refresh-0", later.GetRequiredService<TokenVault>().Open(id, VaultColumns.RefreshToken, row.SealedRefreshToken));
        Assert.Equal([], await MissingAsync(later));
        var values = context.UserTokens.Where(token => token.UserId == person && token.Name != "authenticator.step").Select(token => token.Value!).ToList();
        Assert.All(values, value => Assert.Equal(20, later.GetRequiredService<TokenVault>().OpenBytes(person, VaultColumns.Authenticator, Convert.FromBase64String(value)).Length));
        // An instance that was not given the new key.
        Assert.Equal([later.GetRequiredService<TokenVault>().KeyId], await MissingAsync(Instances[0]));
    }

    [Fact]
    public async Task What_No_Key_Opens_Is_Named_And_Left_And_Keeps_Nothing_Else_From_Its_New_Key()
    {
        var id = await AddLinkAsync(TimeSpan.FromHours(3));
        var person = await AddAuthenticatorAsync(id);
        await Database.ExecuteAsync($"UPDATE ring_tokens SET sealed_refresh_token = set_byte(sealed_refresh_token, 20, (get_byte(sealed_refresh_token, 20) + 1) % 256) WHERE id = '{id}'");
        // One of the two that stand under the same key.
        await Database.ExecuteAsync($"UPDATE user_tokens SET value = encode(set_byte(decode(value, 'base64'), 20, (get_byte(decode(value, 'base64'), 20) + 1) % 256), 'base64') WHERE user_id = '{person}' AND name = 'authenticator'");
        await using var instance = RingServices.Create(Database, Ring.Address, settings: [("Vault:Keys:0", NewKey), ("Vault:Keys:1", RingServices.VaultKey)]);
        var resealer = instance.GetRequiredService<VaultResealer>();

        var resealed = new Dictionary<string, Resealed>();
        foreach (var place in SealedPlace.All)
        {
            resealed[place.Column] = await resealer.RunAsync(place, CancellationToken.None);
        }

        Assert.Equal([id], resealed[VaultColumns.RefreshToken].Unreadable);
        Assert.Equal([person], resealed[VaultColumns.Authenticator].Unreadable);
        Assert.Empty(resealed[VaultColumns.AccessToken].Unreadable);
        await using var later = RingServices.Create(Database, Ring.Address, settings: [("Vault:Keys:0", NewKey)]);
        await using var context = Database.CreateContext();
        Assert.Equal("access-0", later.GetRequiredService<TokenVault>().Open(id, VaultColumns.AccessToken, context.RingTokens.Single(token => token.Id == id).SealedAccessToken));
        var other = context.UserTokens.Single(token => token.UserId == person && token.Name == "authenticator.new").Value!;
        Assert.Equal(20, later.GetRequiredService<TokenVault>().OpenBytes(person, VaultColumns.Authenticator, Convert.FromBase64String(other)).Length);
        await Database.ExecuteAsync($"DELETE FROM user_tokens WHERE user_id = '{person}'; DELETE FROM ring_tokens WHERE id = '{id}'");
    }

    [Fact]
    public async Task The_Command_Names_What_Stays_And_Its_Exit_Code_Tells()
    {
        var (sound, broken) = (await AddLinkAsync(TimeSpan.FromHours(3)), await AddLinkAsync(TimeSpan.FromHours(3)));
        await Database.ExecuteAsync($"UPDATE ring_tokens SET sealed_refresh_token = set_byte(sealed_refresh_token, 20, (get_byte(sealed_refresh_token, 20) + 1) % 256) WHERE id = '{broken}'");

        var (code, output) = await ResealAsync();
        Assert.Equal(2, code);
        Assert.Contains("ring_tokens.sealed_access_token: 2 sealed anew", output, StringComparison.Ordinal);
        Assert.Contains("ring_tokens.sealed_refresh_token: 1 sealed anew", output, StringComparison.Ordinal);
        Assert.Contains($"ring_tokens.sealed_refresh_token of {broken}: no key opens it; left as it is", output, StringComparison.Ordinal);
        Assert.Contains("Not opened by any key: 1.", output, StringComparison.Ordinal);
        Assert.DoesNotContain(sound.ToString(), output, StringComparison.Ordinal);

        await Database.ExecuteAsync($"DELETE FROM ring_tokens WHERE id = '{broken}'");
        (code, output) = await ResealAsync();
        Assert.Equal(0, code);
        Assert.Contains("ring_tokens.sealed_refresh_token: 0 sealed anew", output, StringComparison.Ordinal);
        Assert.Contains("Everything is sealed under key", output, StringComparison.Ordinal);
    }

    /// <summary>The command as an operator runs it, in a process of its own.</summary>
    private async Task<(int Code, string Output)> ResealAsync()
    {
        using var folder = new TestFolder();
        var settings = PortalEnvironment.For(new Uri("http://127.0.0.1:9/"), folder);
        settings["ConnectionStrings__Portal"] = Database.AppConnectionString;
        settings["ConnectionStrings__Migrator"] = Database.MigratorConnectionString;
        (settings["Vault__Keys__0"], settings["Vault__Keys__1"]) = (NewKey, RingServices.VaultKey);
        await using var process = PortalProcess.Start(settings, null, null, "reseal");
        var code = await process.ExitAsync(TimeSpan.FromSeconds(60));
        return (code, process.Output);
    }

    /// <summary>A person's authenticator app, another that waits for its first code, and what stands beside them in clear.</summary>
    private async Task<Guid> AddAuthenticatorAsync(Guid link)
    {
        var person = await Database.ScalarAsync<Guid>($"SELECT user_id FROM ring_tokens WHERE id = '{link}'");
        var vault = Instances[0].GetRequiredService<TokenVault>();
        foreach (var (name, value) in new[] { ("authenticator", Sealed()), ("authenticator.new", Sealed()), ("authenticator.step", "59483924") })
        {
            await Database.ExecuteAsync($"INSERT INTO user_tokens (user_id, login_provider, name, value) VALUES ('{person}', 'RingPortal', '{name}', '{value}')");
        }

        return person;

        string Sealed() => Convert.ToBase64String(vault.SealBytes(person, VaultColumns.Authenticator, new byte[20]));
    }

    private static Task<IReadOnlyList<string>> MissingAsync(ServiceProvider instance) =>
        VaultKeysInUse.FindMissingAsync(instance.GetRequiredService<PortalDataSources>().Jobs, instance.GetRequiredService<TokenVault>(), CancellationToken.None);
}
