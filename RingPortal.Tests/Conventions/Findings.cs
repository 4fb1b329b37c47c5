namespace RingPortal.Tests.Conventions;

/// <summary>What a convention found; a failing test names all of it, a line each.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string?> findings)
    {
        var found = findings.Distinct().Order().ToList();

        Assert.True(found.Count == 0, $"{found.Count} against the house rule:\n  {string.Join("\n  ", found)}");
    }
}
