using System.Reflection;
using System.Text.RegularExpressions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Pool;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>
/// Threat X17: the pool's pages cannot show a token, claim one or show a camera, because nothing they are made of reaches so
/// far. And every word they choose at run time exists.
/// </summary>
public sealed partial class NoTokenTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "RingPortal.Web", "Features", "Admin", "Pool");

    [Fact]
    public void What_The_Queries_Answer_With_Has_No_Room_For_A_Secret()
    {
        var records = typeof(PoolLink).Assembly.GetTypes().Where(type => type.Namespace == typeof(PoolLink).Namespace && type.GetMethod("<Clone>$") is not null).ToList();
        var members = records.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).ToList();

        Assert.True(records.Count >= 6 && members.Count > 20, $"Only {records.Count} records with {members.Count} members were looked at.");
        Assert.DoesNotContain(members, member => member.PropertyType == typeof(byte[]) || Secret().IsMatch(member.Name));
    }

    [Fact]
    public void The_Statements_Name_No_Sealed_Column_And_Take_No_Row_Whole()
    {
        var statements = typeof(PoolQueries).GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string)).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.True(statements.Count >= 6);
        Assert.DoesNotContain(statements, sql => sql.Contains("sealed", StringComparison.Ordinal) || sql.Contains("* FROM ring_tokens", StringComparison.Ordinal));
    }

    [Fact]
    public void The_Pages_Reach_Neither_The_Vault_Nor_A_Claim_Nor_A_Camera()
    {
        var files = Directory.GetFiles(s_folder);

        Assert.True(files.Length >= 10);
        Assert.DoesNotContain(files, file => Reach().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void Words_That_Are_Chosen_At_Run_Time_Exist()
    {
        var keys = Texts.Keys.ToHashSet();
        string[] wanted =
        [
            .. PoolTabs.All.Select(tab => $"admin.pool.tab.{tab.Slug()}"),
            .. Enum.GetNames<RingPortal.Data.Tokens.RingTokenState>().Select(state => $"admin.pool.state.{state.ToLowerInvariant()}"),
            .. new[] { "resume", "release", "end" }.SelectMany(verb => new[] { "", ".title", ".body", ".done" }, (verb, part) => $"admin.pool.{verb}{part}"),
            .. Web.Features.Admin.Arrivals.ArrivalFilter.Verdicts.Select(verdict => $"admin.arr.verdict.{verdict.Replace("_", "", StringComparison.Ordinal)}"),
            .. Web.Features.Admin.Arrivals.ArrivalFilter.Routes.Select(route => $"admin.arr.route.{route}"),
            .. Web.Features.Admin.Jobs.JobTabs.All.Select(tab => $"admin.jobs.tab.{Web.Features.Admin.Jobs.JobTabs.Slug(tab)}"),
            .. new[] { "retry", "delete" }.SelectMany(verb => new[] { "", ".title", ".body", ".verb", ".done", ".ordered" }, (verb, part) => $"admin.jobs.{verb}{part}"),
            .. Enum.GetNames<RingPortal.Data.Teardown.TeardownCause>().SelectMany(cause => new[] { "cause", "by" }, (cause, part) => $"admin.td.{part}.{cause.ToLowerInvariant()}"),
            .. new[] { "marked", "sessions", "work", "archive", "delete", "told" }.Select(step => $"admin.td.step.{step}"),
        ];

        Assert.Empty(wanted.Except(keys));
        var named = Directory.GetFiles(Path.GetDirectoryName(s_folder)!, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Refusal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
        Assert.Empty(named.Except(keys));
    }

    [GeneratedRegex("token|secret|sealed|nonce|cipher|code(?!c)|vault", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("TokenVault|LinkAccess|HeldTokens|Sealed|LinkClaim|PoolMatch|RingClient|/devices|/media|/live|DeviceQueries|CameraStill")]
    private static partial Regex Reach();

    [GeneratedRegex("\"(admin\\.(?:pool|jobs)\\.(?:why|refused)\\.[a-z]+)\"")]
    private static partial Regex Refusal();
}
