using System.Text.RegularExpressions;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Setup;

namespace RingPortal.Tests.Deployment;

/// <summary>docker-compose.yml and what belongs to it, without an engine: what it names exists, and its parts fit together.</summary>
public sealed partial class ComposeTests
{
    /// <summary>Made by <c>init</c> and by the operator, so not in the repository.</summary>
    private static readonly string[] s_made = ["./deploy/keys", "./deploy/tls", "deploy/portal.env"];

    private static readonly string[] s_portals = ["portal-1", "portal-2"];
    private static readonly ComposeFile s_compose = new();

    [Fact]
    public void Every_File_It_Mounts_Exists_And_Every_Volume_Is_Declared()
    {
        var mounts = s_compose.Services.Keys.Cast<string>().SelectMany(s_compose.Mounts).ToList();

        Assert.True(mounts.Count > 10, $"Only {mounts.Count} mounts were looked at.");
        Findings.None(mounts.Where(mount => mount.Source.StartsWith('.') && !s_made.Contains(mount.Source) && !Path.Exists(Path.Combine(Repository.Root, mount.Source))).Select(mount => mount.Source));
        Findings.None(mounts.Where(mount => !mount.Source.StartsWith('.') && !s_compose.Volumes.Contains(mount.Source)).Select(mount => mount.Source));
    }

    [Fact]
    public void Every_Setting_It_Gives_To_The_Portal_Is_One()
    {
        var known = SettingCatalogue.All.Select(setting => setting.Key).ToHashSet();
        foreach (var service in s_portals.Append("migrate"))
        {
            var given = s_compose.Environment(service).Keys.ToList();
            Assert.NotEmpty(given);
            Findings.None(given.Where(key => !known.Contains(key)));
        }
    }

    [Fact]
    public void The_Portal_Has_Its_Own_Role_And_Only_The_Migration_Has_The_Owner()
    {
        Assert.Contains("Username=ringportal_migrator", s_compose.Environment("migrate")["ConnectionStrings__Migrator"], StringComparison.Ordinal);
        foreach (var portal in s_portals)
        {
            Assert.Contains("Username=ringportal_app", s_compose.Environment(portal)["ConnectionStrings__Portal"], StringComparison.Ordinal);
            Assert.DoesNotContain("ConnectionStrings__Migrator", s_compose.Environment(portal).Keys);
            Assert.Equal("service_completed_successfully", s_compose[portal].Map("depends_on").Map("migrate").Text("condition"));
        }

        var roles = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "postgres", "roles.sh"));
        Assert.All(new[] { "ringportal_app", "ringportal_migrator", "ringportal_backup" }, role => Assert.Contains($"CREATE ROLE {role} LOGIN", roles, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_Portals_Are_Read_Only_Have_Time_To_Stop_And_Trust_Nginx_Alone()
    {
        var nginx = s_compose["nginx"].Map("networks").Map("front").Text("ipv4_address");
        foreach (var portal in s_portals)
        {
            Assert.Equal("true", s_compose[portal].Text("read_only"));
            Assert.True(int.Parse(s_compose[portal].Text("stop_grace_period")!.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture) > 30);
            Assert.Equal(nginx, s_compose.Environment(portal)["Network__KnownProxies"]);
            Assert.Empty(s_compose[portal].List("ports"));
        }

        Assert.Equal(2, s_portals.Select(portal => s_compose[portal].Map("networks").Map("front").Text("ipv4_address")).Distinct().Count());
        Assert.Contains("USER $APP_UID", File.ReadAllText(Path.Combine(Repository.Root, "RingPortal.Web", "Dockerfile")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nginx_And_Prometheus_Know_The_Portals_By_Name_And_Port()
    {
        var upstreams = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx", "upstreams.conf"));
        var targets = Yaml.Read("deploy/prometheus/prometheus.yml").Single().List("scrape_configs").SelectMany(job => job.List("static_configs")).SelectMany(group => group.List("targets")).Cast<string>().ToList();
        foreach (var portal in s_portals)
        {
            Assert.Equal(2, Regex.Count(upstreams, $@"server {portal}:{Port(s_compose.Environment(portal)["ASPNETCORE_URLS"])} "));
            Assert.Contains($"{portal}:{Port(s_compose.Environment(portal)["Management__Urls"])}", targets);
        }

        Assert.Equal(s_portals.Length, targets.Count);
        Assert.DoesNotContain($":{Port(s_compose.Environment("portal-1")["Management__Urls"])}", upstreams, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_Password_It_Asks_For_Is_Made_By_Init()
    {
        using var folder = new TestFolder();
        new InitCommand(TimeProvider.System, TextWriter.Null).Run([folder.Inside("new"), "https://portal.example.com"]);
        var made = File.ReadLines(folder.Inside("new/database.env")).Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=')[0]).ToHashSet();

        var asked = Variable().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"))).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(asked.Count >= 4, string.Join(", ", asked));
        Findings.None(asked.Where(name => !made.Contains(name)));
    }

    [Theory]
    [InlineData("systemd/ringportal.service")]
    [InlineData("systemd/ringportal-migrate.service")]
    public void Units_Set_Only_Settings_That_Exist(string unit)
    {
        var given = File.ReadLines(Path.Combine(Repository.Root, "deploy", unit)).Where(line => line.StartsWith("Environment=", StringComparison.Ordinal)).Select(line => line.Split('=')[1]);

        Findings.None(given.Except(SettingCatalogue.All.Select(setting => setting.Key)).Except(["ASPNETCORE_ENVIRONMENT"]));
    }

    [Fact]
    public void Kubernetes_Has_Two_Portals_With_Probes_A_Budget_And_A_Closed_Management_Port()
    {
        var objects = Yaml.Read("deploy/kubernetes/ringportal.yaml").ToDictionary(document => document.Text("kind")!);
        Assert.Equal(["Deployment", "Ingress", "Job", "NetworkPolicy", "PodDisruptionBudget", "Service"], objects.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("2", objects["Deployment"].Map("spec").Text("replicas"));
        var pod = objects["Deployment"].Map("spec").Map("template").Map("spec");
        var portal = pod.List("containers").Single();
        Findings.None(portal.List("env").Select(entry => entry.Text("name")!).Except(SettingCatalogue.All.Select(setting => setting.Key)));
        Assert.Equal("/health/live", portal.Map("livenessProbe").Map("httpGet").Text("path"));
        Assert.Equal("/health/ready", portal.Map("readinessProbe").Map("httpGet").Text("path"));
        Assert.Equal("true", portal.Map("securityContext").Text("readOnlyRootFilesystem"));
        Assert.Equal("migrate", objects["Job"].Map("spec").Map("template").Map("spec").List("containers").Single().List("args").Single());
        Assert.True(int.Parse(pod.Text("terminationGracePeriodSeconds")!, System.Globalization.CultureInfo.InvariantCulture) > 30);
        var management = objects["NetworkPolicy"].Map("spec").List("ingress").Where(rule => rule.List("ports").Any(port => port.Text("port") == "management")).ToList();
        Assert.Equal("monitoring", management.Single().List("from").Single().Map("namespaceSelector").Map("matchLabels").Text("kubernetes.io/metadata.name"));
    }

    private static string Port(string address) => address.Split(':')[^1];

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
