using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W7: the signature is over the raw bytes, and one bit decides.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W7")]
public sealed class W7Proof
{
    [Fact]
    public async Task Only_What_Ring_Signed_Bit_By_Bit_Is_Let_In()
    {
        await using var world = await ProofWorld.StartAsync("W7", new ProofShape { Portals = 1, Households = (1, 1) });
        var flips = await SignatureDrill.RunAsync(world, bytes: 1024);
        ProofFiles.Figure("W7", $"{SignatureVectors.Valid.Count} of {SignatureVectors.Valid.Count} vectors let in, {SignatureVectors.Invalid.Count} of {SignatureVectors.Invalid.Count} near misses and {flips} of {flips} bit flips refused; one compare, in fixed time");
    }

    [Fact]
    public void Signatures_Are_Compared_In_Fixed_Time_And_In_No_Other_Way()
    {
        string[] others = ["Equals", "op_Equality", "op_Inequality", "SequenceEqual", "SequenceCompareTo", "Compare", "CompareOrdinal", "CompareTo", "IndexOf", "Contains"];
        var judges = Product.Types.Where(type => type.Namespace == typeof(RingWebhookSignature).Namespace && type.Name.Contains("Signature", StringComparison.Ordinal) && type.IsClass).ToList();
        // What they call of one another is looked into itself.
        var uses = judges.SelectMany(CodeUses.Of).Where(used => !judges.Contains(used.DeclaringType!)).ToList();

        Assert.Contains(uses, used => used.Name == nameof(System.Security.Cryptography.CryptographicOperations.FixedTimeEquals));
        Findings.None(uses.Where(used => others.Contains(used.Name)).Select(used => $"{used.DeclaringType}.{used.Name}"));
    }
}

/// <summary>W7 in short.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W7")]
public sealed class W7ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Only_What_Ring_Signed_Bit_By_Bit_Is_Let_In()
    {
        var flips = await SignatureDrill.RunAsync(fixture.World, bytes: 200);
        ProofFiles.Figure("W7", $"{SignatureVectors.Valid.Count} vectors let in, {SignatureVectors.Invalid.Count} near misses and {flips} bit flips refused");
    }
}

/// <summary>Vectors, near misses and bit flips at a running portal.</summary>
internal static class SignatureDrill
{
    public static async Task<int> RunAsync(ProofWorld world, int bytes)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var valid = await ring.PostAllAsync(SignatureVectors.Valid, 4);
        Assert.True(valid.All(attempt => attempt.Status == 200), $"Refused: {valid.FirstOrDefault(attempt => attempt.Status != 200)}");
        var invalid = await ring.PostAllAsync(SignatureVectors.Invalid, 4);
        Assert.True(invalid.All(attempt => attempt.Status == 401), $"Let in: {invalid.FirstOrDefault(attempt => attempt.Status != 401)}");
        await HeadersAsync(world);

        var start = $$"""{"meta":{"version":"1.1","request_id":"w7-{{Guid.NewGuid():N}}"},"data":{"type":"device_online","note":" """;
        var body = world.Mill.Sign("flips", start.PadRight(1024 - 3, 'x') + "\"}}");
        Assert.Equal(1024, body.Body.Length);
        Assert.Equal(200, (await ring.PostAsync(body)).Status);
        var flips = await ring.PostAllAsync(SignatureVectors.Flips(body, bytes), 32);
        Assert.True(flips.All(attempt => attempt.Status == 401), $"Let in: {flips.FirstOrDefault(attempt => attempt.Status != 401)}");
        return flips.Count;
    }

    /// <summary>The header on two lines, and under the names that circulate as guesses.</summary>
    private static async Task HeadersAsync(ProofWorld world)
    {
        var signed = SignatureVectors.Valid[0];
        string[][] wrong =
        [
            [$"X-Signature: {signed.Signature}", $"X-Signature: {signed.Signature}"],
            [$"X-Signature: {signed.Signature}", "X-Signature:"],
            [$"X-Ring-Signature: {signed.Signature}"], [$"X-Amz-Vision-Signature: {signed.Signature}"], [$"X-Hub-Signature-256: {signed.Signature}"],
        ];
        foreach (var headers in wrong)
        {
            var answer = await RawCaller.PostAsync(
                world.Addresses[0], [$"Content-Length: {signed.Body.Length}", .. headers],
                async (stream, cancellationToken) => await stream.WriteAsync(signed.Body, cancellationToken), RingSender.Patience);
            Assert.True(answer.Status == 401, $"{headers[0]}: {answer.Head}");
        }
    }
}
