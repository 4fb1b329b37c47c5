namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// The groups that <c>test.sh</c> runs one after another, as <c>[Trait(Tiers.Name, Tiers.Integration)]</c>. Unit and
/// component tests carry none.
/// </summary>
public static class Tiers
{
    public const string Name = "Tier";

    /// <summary>Needs PostgreSQL, a portal over HTTP, or processes.</summary>
    public const string Integration = "Integration";

    /// <summary>Needs Chromium.</summary>
    public const string Browser = "Browser";

    /// <summary>A short proof that counts what was lost, doubled or leaked.</summary>
    public const string Proof = "Proof";

    /// <summary>A proof in full: run by <c>eng/prove</c> alone, one after another, never by <c>test.sh</c>.</summary>
    public const string FullProof = "FullProof";
}
