using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs;

/// <summary>Which property a proof is of, as <c>[Trait(ProofOf.Name, "W1")]</c>; <c>eng/proofs/catalogue.tsv</c> lists them.</summary>
public static class ProofOf
{
    public const string Name = "Proof";
}

/// <summary>Proofs in full have the machine for themselves: one after another, each with a cluster and portals of its own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FullProofs
{
    public const string Name = "Full proofs";
}

/// <summary>Short proofs share one cluster and one pair of processes and run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ShortProofs : ICollectionFixture<ShortWorld>
{
    public const string Name = "Short proofs";
}

/// <summary>The cluster and the two portals of all short proofs.</summary>
public sealed class ShortWorld : IAsyncLifetime
{
    internal ProofWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await ProofWorld.StartAsync("short");

    public Task DisposeAsync() => World.DisposeAsync().AsTask();
}
