using System.Text.RegularExpressions;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Conventions;

public sealed partial class DocumentLinkConventionTests
{
    [Fact]
    public void Links_And_Pictures_Of_Documents_Are_There()
    {
        string[] documents = [.. Directory.GetFiles(Repository.Root, "*.md"), .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)];
        var links = documents.SelectMany(document => RelativeLink().Matches(File.ReadAllText(document)).Select(match => Path.GetFullPath(match.Groups[1].Value, Path.GetDirectoryName(document)!))).ToList();

        Assert.True(links.Count > 10, $"Only {links.Count} links were found.");
        Findings.None(links.Where(link => !File.Exists(link) && !Directory.Exists(link)));
    }

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)([^)#\s]+)")]
    private static partial Regex RelativeLink();
}
