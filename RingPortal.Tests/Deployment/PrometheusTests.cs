using System.Text.Json;
using System.Text.RegularExpressions;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Hosting.Telemetry;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Deployment;

/// <summary>Prometheus takes its configuration and rules, the rules fire as their tests say, and rules and dashboard ask only for what a portal exports.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
[Collection(TelemetryTurn.Name)]
public sealed partial class PrometheusTests(TelemetryWorld world)
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "deploy", "prometheus");

    /// <summary>Prometheus makes it itself.</summary>
    private static readonly string[] s_own = ["up"];

    /// <summary>Words of its language and labels.</summary>
    private static readonly HashSet<string> s_words = ["sum", "max", "min", "by", "rate", "increase", "absent", "or", "histogram_quantile", "min_over_time", "le", "job", "outcome", "status"];

    [Fact]
    public async Task Its_Configuration_And_Rules_Hold()
    {
        var promtool = InstalledProgram.Find("promtool", "prometheus");

        await InstalledProgram.RunAsync(promtool, "check", "config", Path.Combine(s_folder, "prometheus.yml"));
        await InstalledProgram.RunAsync(promtool, "check", "rules", Path.Combine(s_folder, "rules.yml"));
        await InstalledProgram.RunAsync(promtool, "test", "rules", Path.Combine(s_folder, "rules.test.yml"));
    }

    [Fact]
    public async Task Rules_And_Dashboard_Ask_For_What_The_Portal_Exports()
    {
        using (var ring = world.Links.Portal.CreateClient())
        {
            using var refused = await ring.PostAsync("/ring/webhook", new StringContent("{}"));
        }

        world.CountEverything();
        var scraped = "";
        // For a moment the exporter answers with what it collected before.
        await Eventually.TrueAsync(async () => (scraped = await world.ScrapeAsync()).Contains("job=\"probe\"", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "what was counted just now is scraped");
        var exported = scraped.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => Name().Match(line).Value).ToHashSet();
        var rules = Yaml.Read("deploy/prometheus/rules.yml").Single().List("groups").SelectMany(group => group.List("rules")).Select(rule => rule.Text("expr")!);
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "grafana", "ringportal.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);

        var asked = rules.Concat(panels).SelectMany(Metrics).Distinct().ToList();

        Assert.True(asked.Count > 25, string.Join(", ", asked));
        Findings.None(asked.Where(name => !exported.Contains(name) && !s_own.Contains(name)).Select(name => $"{name} is not exported"));
    }

    /// <summary>Names outside braces, quotes and brackets.</summary>
    private static IEnumerable<string> Metrics(string expression) =>
        Name().Matches(Aside().Replace(expression, " ")).Select(match => match.Value).Where(name => !s_words.Contains(name) && !name.StartsWith("http_response", StringComparison.Ordinal));

    [GeneratedRegex("[a-zA-Z_][a-zA-Z0-9_]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|[0-9.]+e[0-9]+")]
    private static partial Regex Aside();
}
