using System.Reflection;
using System.Text.RegularExpressions;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Conventions;

public sealed partial class SourceFileConventionTests
{
    private const int LongestFile = 200;

    /// <summary>The folder of the migrations, which a tool writes.</summary>
    private const string Generated = "Versions";

    private static readonly string[] s_skipped = [".git", "bin", "obj", "artifacts", "node_modules", "TestResults", ".vs", ".idea"];
    private static readonly string[] s_text = [".cs", ".razor", ".css", ".js", ".md", ".sh", ".json", ".yml", ".yaml", ".props", ".csproj", ".sql", ".conf", ".service", ".txt"];

    private static readonly string s_tests = Path.Combine(Repository.Root, "RingPortal.Tests") + Path.DirectorySeparatorChar;

    private static readonly List<FileInfo> s_files = [.. Walk(new DirectoryInfo(Repository.Root))];

    [Fact]
    public void The_Program_Is_Short() =>
        Assert.True(File.ReadAllLines(Path.Combine(Repository.Root, "RingPortal.Web", "Program.cs")).Length < 20);

    [Fact]
    public void No_File_Names_A_Place_On_Somebodys_Machine()
    {
        Assert.True(s_files.Count > 150, $"Only {s_files.Count} files were looked at.");
        Findings.None(s_files.Where(file => MachinePath().IsMatch(File.ReadAllText(file.FullName))).Select(file => file.FullName));
    }

    [Fact]
    public void Source_Files_Stay_Short_Enough_To_Read()
    {
        var code = s_files.Where(file => file.Extension == ".cs" && file.Directory!.Name != Generated && !file.FullName.StartsWith(s_tests, StringComparison.Ordinal)).ToList();

        Assert.True(code.Count > 100, $"Only {code.Count} files were looked at.");
        Findings.None(code.Where(file => File.ReadLines(file.FullName).Count() > LongestFile).Select(file => file.FullName));
    }

    [Fact]
    public void Scripts_Are_Modules_Of_One_Idea_Each()
    {
        var scripts = s_files.Where(file => file.Extension == ".js" && file.FullName.Contains("RingPortal.Web", StringComparison.Ordinal)).ToList();

        Assert.True(scripts.Count > 10, $"Only {scripts.Count} files were looked at.");
        Findings.None(scripts.Where(file => File.ReadLines(file.FullName).Count() > LongestFile).Select(file => file.FullName));
    }

    [Fact]
    public void Nothing_Is_Silenced_Or_Put_Off()
    {
        var excuses = s_files.Where(file => file.Extension is ".cs" or ".razor" && file.Directory!.Name != Generated && Excuse().IsMatch(File.ReadAllText(file.FullName)));

        Findings.None(excuses.Select(file => file.FullName));
    }

    [Fact]
    public void Tests_Wait_For_Conditions_And_Never_For_Time()
    {
        var assembly = typeof(SourceFileConventionTests).Assembly;
        var sleepers = Product.Parts(assembly)
            .SelectMany(part => CodeUses.Of(part.Part).Select(used => (part.Owner, Used: used)))
            .Where(use => (use.Used.DeclaringType == typeof(Task) && use.Used.Name == nameof(Task.Delay)) || (use.Used.DeclaringType == typeof(Thread) && use.Used.Name == nameof(Thread.Sleep)));

        Findings.None(sleepers.Select(use => use.Owner.FullName));
    }

    [Fact]
    public void Names_Of_Tests_Are_Sentences()
    {
        var tests = typeof(SourceFileConventionTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FactAttribute>() is not null).ToList();

        Assert.True(tests.Count > 60, $"Only {tests.Count} tests were looked at.");
        Findings.None(tests.Where(test => test.Name.Count(letter => letter == '_') < 2).Select(test => $"{test.DeclaringType!.Name}.{test.Name}"));
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => folder.EnumerateFiles()
        .Where(file => s_text.Contains(file.Extension))
        .Concat(folder.EnumerateDirectories().Where(below => !s_skipped.Contains(below.Name) && below.LinkTarget is null).SelectMany(Walk));

    // Split, so that this file does not match itself.
    [GeneratedRegex("(/ro" + "ot/|/wo" + "rk/|/ho" + "me/[a-z]|/tmp/[a-z]|[A-Z]:\\\\Us" + "ers\\\\)", RegexOptions.CultureInvariant)]
    private static partial Regex MachinePath();

    [GeneratedRegex("(#pragma warning dis" + "able|Suppress" + "Message|\\bTO" + "DO\\b|\\bFIX" + "ME\\b|\\bHA" + "CK\\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Excuse();
}
