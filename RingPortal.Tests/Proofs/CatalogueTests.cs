using System.Reflection;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs;

/// <summary>What <c>eng/prove</c> lists is what there is to run.</summary>
public sealed class CatalogueTests
{
    private static readonly List<(Type Type, string Tier, string Id)> s_proofs =
    [
        .. typeof(CatalogueTests).Assembly.GetTypes()
            .Select(type => (Type: type, Traits: type.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(TraitAttribute)).ToDictionary(Name, Value)))
            .Where(proof => proof.Traits.ContainsKey(ProofOf.Name))
            .Select(proof => (proof.Type, proof.Traits.GetValueOrDefault(Tiers.Name, ""), proof.Traits[ProofOf.Name])),
    ];

    private static readonly List<string[]> s_rows =
        [.. File.ReadLines(Path.Combine(Repository.Root, "eng", "proofs", "catalogue.tsv")).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))];

    [Fact]
    public void Every_Proof_In_Full_Is_Listed_With_Its_Target_And_Every_Listed_One_Exists()
    {
        Assert.All(s_rows, row => Assert.Equal(3, row.Count(part => part.Length > 0)));
        Assert.Equal(
            s_rows.Select(row => row[0]).Order(StringComparer.Ordinal),
            s_proofs.Where(proof => proof.Tier == Tiers.FullProof && proof.Id != "chaos").Select(proof => proof.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_Name_Of_A_Proof_Tells_Its_Id_And_Its_Form() =>
        Findings.None(s_proofs.Where(proof => proof.Type.Name != (proof.Tier == Tiers.Proof ? $"{proof.Id}ShortProof" : proof.Id == "chaos" ? "ChaosProof" : $"{proof.Id}Proof")).Select(proof => proof.Type.Name));

    [Fact]
    public void A_Proof_Waits_For_Its_Turn()
    {
        var turns = s_proofs.Select(proof => (proof.Type, Group: (string?)proof.Type.GetCustomAttributesData().SingleOrDefault(attribute => attribute.AttributeType == typeof(CollectionAttribute))?.ConstructorArguments[0].Value, Wanted: proof.Tier == Tiers.Proof ? ShortProofs.Name : FullProofs.Name)).ToList();

        Assert.NotEmpty(turns);
        Findings.None(turns.Where(turn => turn.Group != turn.Wanted).Select(turn => turn.Type.Name));
    }

    private static string Name(CustomAttributeData trait) => (string)trait.ConstructorArguments[0].Value!;

    private static string Value(CustomAttributeData trait) => (string)trait.ConstructorArguments[1].Value!;
}
