using System.Text.RegularExpressions;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Look;

/// <summary>The modules of our pages lead to each other by relative paths only, because those carry the mark that makes browsers keep them.</summary>
public sealed partial class ModuleFilesTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "RingPortal.Web", "wwwroot", "js");
    private static readonly string[] s_entries = ["live/live.js", "media/media.js", "start.js"];

    [Fact]
    public void Every_Import_Leads_To_A_Module_And_Every_Module_Is_Reached()
    {
        var modules = Directory.EnumerateFiles(s_folder, "*.js", SearchOption.AllDirectories).ToList();
        var imports = modules.SelectMany(module => Import().Matches(File.ReadAllText(module)).Select(match => (From: module, Path: match.Groups[1].Value))).ToList();

        Assert.All(imports, import => Assert.StartsWith(".", import.Path, StringComparison.Ordinal));
        var reached = imports.Select(import => Path.GetFullPath(import.Path, Path.GetDirectoryName(import.From)!)).ToHashSet();
        Assert.Equal([], reached.Except(modules));
        Assert.Equal(s_entries.Order(), modules.Except(reached).Select(module => Path.GetRelativePath(s_folder, module)).Order());
    }

    [GeneratedRegex("^import (?:[^;]*? from )?\"([^\"]+)\";", RegexOptions.Multiline)]
    private static partial Regex Import();
}
