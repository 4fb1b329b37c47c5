using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Tokens;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TokenIntakeTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    public static TheoryData<BodyVariant> Variants => [.. Enum.GetValues<BodyVariant>()];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Each_Body_Variant_Ends_As_An_Unclaimed_Token_Of_The_Right_Account(BodyVariant variant)
    {
        var person = RingPerson.New();
        world.Ring.Accounts.Put(person.Account);

        var result = await world.Ring.InstallAsync(person.Key, new InstallOptions { BodyVariant = variant, ShareDevices = person.DeviceIds });

        Assert.Equal(200, result.ExchangeStatus);
        await world.UntilStateAsync(person, "UNCLAIMED");
        await using var context = world.Database.CreateContext();
        var row = await context.RingTokens.SingleAsync(token => token.AccountId == person.AccountId);
        Assert.Equal("n***" + person.Account.Email!.Split('@')[0][^1] + "@example.com", row.MaskedAccount);
        Assert.Equal("N*** V***", row.MaskedName);
        Assert.Null(row.SealedCode);
        Assert.NotNull(row.SealedRefreshToken);
        Assert.Null(row.UserId);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, """{"status":"error","error":"missing_code"}""")]
    [InlineData("code=", HttpStatusCode.BadRequest, """{"status":"error","error":"missing_code"}""")]
    [InlineData("{\"broken", HttpStatusCode.BadRequest, """{"status":"error","error":"missing_code"}""")]
    public async Task Without_A_Code_The_Answer_Is_The_Documented_400(string body, HttpStatusCode status, string json)
    {
        using var client = world.Portal.CreateClient();
        using var answer = await client.PostAsync("/ring/token", new StringContent(body, Encoding.UTF8, "text/plain"));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(json, await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_Body_Over_16_KiB_Is_413_Declared_Or_Chunked()
    {
        using var client = world.Portal.CreateClient();
        using var declared = await client.PostAsync("/ring/token", new StringContent("code=" + new string('x', 20_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, declared.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ring/token") { Content = new StringContent("code=" + new string('x', 20_000)) };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Other_Methods_Are_405_With_Allow_Post(string method)
    {
        using var client = world.Portal.CreateClient();
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/ring/token"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task The_Same_Code_Twice_Is_200_Twice_And_Redeemed_Once()
    {
        var person = RingPerson.New();
        world.Ring.Accounts.Put(person.Account);
        var made = await world.Ring.InstallAsync(person.Key, new InstallOptions { WithoutExchange = true, WithoutEvents = true });
        using var client = world.Portal.CreateClient();
        var form = new Dictionary<string, string> { ["code"] = made.Code };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.PostAsync("/ring/token", new FormUrlEncodedContent(form))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await world.UntilStateAsync(person, "UNCLAIMED");
        Assert.Single(await world.StatesAsync(person));
    }

    [Fact]
    public async Task A_Code_Ring_Does_Not_Know_Leaves_No_Row()
    {
        using var client = world.Portal.CreateClient();
        using var answer = await client.PostAsync("/ring/token", new FormUrlEncodedContent(new Dictionary<string, string> { ["code"] = "invented-code-0001" }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("invented-code-0001"u8));
        await Eventually.TrueAsync(
            async () => await world.Database.ScalarAsync<long>($"SELECT count(*) FROM ring_tokens WHERE code_hash = decode('{hash}', 'hex')") == 0,
            TimeSpan.FromSeconds(20), "the row is gone");
    }
}

/// <summary>Faults are planned for a whole simulator, so these have one each.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TokenIntakeFaultTests : IAsyncLifetime
{
    private readonly LinkWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task While_The_Account_Is_Unknown_The_Row_Cannot_Match_And_Later_It_Can()
    {
        _world.Ring.Faults.Add(Fault.Answer(RingOperation.UsersMe, 500, times: 0));
        var person = await _world.InstallAsync(untilUnclaimed: false);
        await Eventually.TrueAsync(
            async () => await _world.Database.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'EXCHANGED' AND account_id IS NULL") == 1,
            TimeSpan.FromSeconds(20), "EXCHANGED without an account");
        await Eventually.TrueAsync(() => _world.Ring.Calls.Count(RingOperation.UsersMe, status: 500) >= 5, TimeSpan.FromSeconds(60), "Ring was asked five times");
        _world.Ring.Faults.Clear();

        await _world.UntilStateAsync(person, "UNCLAIMED");

        Assert.Equal(1, _world.Ring.Calls.Count(RingOperation.Token, status: 200));
    }

    [Fact]
    public async Task A_Code_Survives_A_Failing_Token_Endpoint()
    {
        _world.Ring.Faults.Add(Fault.Answer(RingOperation.Token, 503, times: 2));
        var person = await _world.InstallAsync();
        Assert.Equal(["UNCLAIMED"], await _world.StatesAsync(person));
    }

    [Fact]
    public async Task When_Rings_Answer_To_A_Code_Is_Lost_The_Row_Ends_As_Failed_With_An_Alarm()
    {
        _world.Ring.Faults.Add(Fault.Drop(RingOperation.Token, afterEffect: true));
        await _world.InstallAsync(untilUnclaimed: false);

        await Eventually.TrueAsync(
            async () => await _world.Database.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'FAILED' AND sealed_code IS NULL") == 1,
            TimeSpan.FromSeconds(40), "FAILED");
        await Eventually.TrueAsync(
            async () => await _world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'code.lost'") == 1, TimeSpan.FromSeconds(10), "alarm");
        Assert.Equal(1, await _world.Database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'token.lost'"));
    }
}
