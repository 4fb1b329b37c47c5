using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingOAuthClientTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    private const string Tokens = """{"access_token":"a1","refresh_token":"r1","expires_in":14400,"token_type":"Bearer","scope":"ava.devices"}""";

    public static TheoryData<int, string, RingFailure> Failures { get; } = new()
    {
        { 400, """{"error":"invalid_grant","error_description":"x"}""", new RingFailure.Refused(400, "invalid_grant") },
        { 401, """{"error":"invalid_client"}""", new RingFailure.Refused(401, "invalid_client") },
        { 401, "", new RingFailure.Refused(401, null) },
        { 400, "<html>", new RingFailure.Refused(400, null) },
        { 403, "", new RingFailure.Unreadable(403) },
        { 404, "", new RingFailure.Unreadable(404) },
        { 500, "", new RingFailure.OutcomeUnknown() },
        { 503, """{"error":"x"}""", new RingFailure.OutcomeUnknown() },
        { 302, "", new RingFailure.Unreadable(302) },
        { 200, "", new RingFailure.Unreadable(200) },
        { 200, """{"refresh_token":"r"}""", new RingFailure.Unreadable(200) },
        { 200, """{"access_token":7}""", new RingFailure.Unreadable(200) },
    };

    [Fact]
    public async Task A_Code_Is_Redeemed_By_Form_With_Our_Credentials()
    {
        Ring.Always(200, Tokens);

        var result = await OAuth.RedeemAsync("us-east-1.code &=+", null, CancellationToken.None);

        Assert.Equal(new RingTokenSet("a1", "r1", TimeSpan.FromHours(4), "ava.devices"), result.Value);
        Assert.Equal(
            [("client_id", "client-1"), ("client_secret", "canary-secret"), ("code", "us-east-1.code &=+"), ("grant_type", "authorization_code")], Form());
    }

    [Fact]
    public async Task A_Verifier_Is_Passed_On()
    {
        Ring.Always(200, Tokens);

        await OAuth.RedeemAsync("code", "verifier", CancellationToken.None);

        Assert.Contains(("code_verifier", "verifier"), Form());
    }

    [Fact]
    public async Task A_Refresh_Token_Is_Sent_By_Form_With_Our_Credentials()
    {
        Ring.Always(200, Tokens);

        await OAuth.RefreshAsync("r0", RingPriority.Background, CancellationToken.None);

        Assert.Equal([("client_id", "client-1"), ("client_secret", "canary-secret"), ("grant_type", "refresh_token"), ("refresh_token", "r0")], Form());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_Failure_Has_Its_Meaning_And_Nothing_Is_Repeated(int status, string body, RingFailure expected)
    {
        Ring.Always(status, body);

        Assert.Equal(expected, (await OAuth.RefreshAsync("r0", RingPriority.Interactive, CancellationToken.None)).Failure);
        Assert.Single(Ring.Calls);
    }

    [Theory]
    [InlineData("""{"access_token":"a","expires_in":"x"}""", 10, null)]
    [InlineData("""{"access_token":"a"}""", 10, null)]
    [InlineData("""{"access_token":"a","expires_in":-5}""", 10, null)]
    [InlineData("""{"access_token":"a","expires_in":1e300,"scope":["a","b"]}""", 1440, "a b")]
    [InlineData("""{"access_token":"a","expires_in":600,"scope":{}}""", 10, null)]
    [InlineData("""{"access_token":"a","expires_in":600.0,"refresh_token":null,"scope":null}""", 10, null)]
    public async Task Odd_But_Usable_Answers_Are_Taken(string body, int minutes, string? scope)
    {
        Ring.Always(200, body);

        Assert.Equal(
            new RingTokenSet("a", null, TimeSpan.FromMinutes(minutes), scope),
            (await OAuth.RefreshAsync("r0", RingPriority.Interactive, CancellationToken.None)).Value);
    }

    private (string Name, string Value)[] Form()
    {
        var call = Assert.Single(Ring.Calls);
        Assert.Equal("POST /oauth/token", $"{call.Method} {call.Target}");
        Assert.Equal("application/x-www-form-urlencoded", call.Headers["Content-Type"]);
        using var reader = new FormReader(call.Body);
        return [.. reader.ReadForm().Select(field => (field.Key, field.Value.Single()!)).Order()];
    }
}
