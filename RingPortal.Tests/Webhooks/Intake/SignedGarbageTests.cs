using System.Net;
using System.Security.Cryptography;
using FsCheck.Xunit;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>A validly signed body of at most 256 KiB never gets a 3xx or 4xx, and is in the inbox byte by byte (reliability W14).</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SignedGarbageTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    [Property(MaxTest = 300, EndSize = 8, Arbitrary = [typeof(Mutants)], QuietOnSuccess = true)]
    public async Task A_Signed_Body_Is_200_Whatever_It_Holds(Mutant mutant)
    {
        using var client = world.Portal.CreateClient();
        var answer = await Delivery.SendAsync(client, mutant.Body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        if (!answer.Is("duplicate"))
        {
            Assert.Equal(1, await StoredAsync(mutant.Body));
        }
    }

    [Fact]
    public async Task The_Whole_Corpus_Is_200_Signed_And_401_Unsigned()
    {
        using var client = world.Portal.CreateClient();
        Assert.NotEmpty(Mutant.Corpus);
        foreach (var body in Mutant.Corpus.Select(File.ReadAllBytes))
        {
            Assert.Equal(HttpStatusCode.OK, (await Delivery.SendAsync(client, body)).Status);
            using var unsigned = Delivery.Request(body, null);
            using var refused = await client.SendAsync(unsigned);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    private Task<long> StoredAsync(byte[] body) =>
        world.Database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE body_hash = '\\x{Convert.ToHexString(SHA256.HashData(body))}' AND body = '\\x{Convert.ToHexString(body)}'");
}
