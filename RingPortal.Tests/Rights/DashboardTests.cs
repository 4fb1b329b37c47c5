using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.Dashboard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Tests.Account;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Rights;

/// <summary>Hangfire's own dashboard, over all its sub-routes (reliability A16).</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed partial class DashboardTests(AccountHost host) : IClassFixture<AccountHost>
{
    private const string Dashboard = "/admin/hangfire";

    [Fact]
    public async Task No_Sub_Route_Opens_Without_Staff_And_A_Second_Factor()
    {
        using var nobody = new Visitor(host.Address);
        using var consumer = new Visitor(host.Address);
        await consumer.SignUpAsync(Visitor.NewEmail());
        using var bare = await StaffCast.BareAsync(() => new Visitor(host.Address), host.Database.ExecuteAsync, PortalRoles.Admin);
        var paths = SubRoutes();
        Assert.True(paths.Count > 30, $"Only {paths.Count} sub-routes were found.");
        var findings = new List<string>();
        foreach (var (path, _) in paths)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                foreach (var forwarded in new[] { null, "127.0.0.1", "::1" })
                {
                    var answers = new[] { await CallAsync(nobody, method, path, forwarded), await CallAsync(consumer, method, path, forwarded), await CallAsync(bare, method, path, forwarded) };
                    if (answers[0] is not (HttpStatusCode.Found, "/Account/Login") || answers[1].Status is not HttpStatusCode.NotFound
                        || answers[2] != (method == HttpMethod.Get ? (HttpStatusCode.Found, "/Account/TwoFactor") : (HttpStatusCode.NotFound, null)))
                    {
                        findings.Add($"{method} {path} ({forwarded}): {string.Join(", ", answers)}");
                    }
                }
            }
        }

        Findings.None(findings);
    }

    [Fact]
    public async Task Acting_Needs_An_Administrator_A_Fresh_Factor_And_The_Pages_Own_Token()
    {
        using var admin = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
        using var stale = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
        using var support = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync, PortalRoles.Support);
        await SessionAge.StepBackAsync(host, stale.Browser, TimeSpan.FromMinutes(16));
        using var connection = host.Services.GetRequiredService<JobStorage>().GetConnection();
        IReadOnlyList<string> recurring = [];
        await Eventually.TrueAsync(() => (recurring = [.. connection.GetAllItemsFromSet("recurring-jobs")]).Count > 0, TimeSpan.FromSeconds(30), "the timetable stands");

        var withoutToken = await TriggerAsync(admin.Browser, recurring[0], token: false);
        var staleAnswer = await TriggerAsync(stale.Browser, recurring[0]);
        var supportAnswer = await TriggerAsync(support.Browser, recurring[0]);
        Assert.Equal(0, await RecordsAsync());
        var acted = await TriggerAsync(admin.Browser, recurring[0]);

        // Hangfire says 403, which people see as what does not exist.
        Assert.Contains(withoutToken, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (staleAnswer, supportAnswer));
        Assert.Equal(HttpStatusCode.NoContent, acted);
        Assert.Equal(1, await RecordsAsync());
        Assert.Equal(HttpStatusCode.OK, (await support.Browser.GetAsync(Dashboard)).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string? Path)> CallAsync(Visitor visitor, HttpMethod method, string path, string? forwarded)
    {
        using var request = new HttpRequestMessage(method, path);
        if (forwarded is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwarded);
        }

        using var answer = await visitor.SendAsync(request);
        return (answer.StatusCode, answer.Headers.Location is { IsAbsoluteUri: true } absolute ? absolute.AbsolutePath : answer.Headers.Location?.OriginalString.Split('?')[0]);
    }

    /// <summary>Hangfire tells nobody its routes; they stand in a private list.</summary>
    /// <returns>Addresses, and whether something is done there.</returns>
    internal static List<(string Path, bool IsAct)> SubRoutes()
    {
        var list = (System.Collections.IEnumerable)typeof(RouteCollection).GetField("_dispatchers", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(DashboardRoutes.Routes)!;
        return [.. list.Cast<object>().Select(entry => (
            Dashboard + Group().Replace((string)Item(entry, 1)!, "1").Replace("\\", "", StringComparison.Ordinal),
            Item(entry, 2)!.GetType().Name.Contains("Command", StringComparison.Ordinal)))];
    }

    private static object? Item(object entry, int number) => entry.GetType().GetProperty($"Item{number}")!.GetValue(entry);

    private static async Task<HttpStatusCode> TriggerAsync(Visitor visitor, string job, bool token = true)
    {
        var html = await (await visitor.GetAsync($"{Dashboard}/recurring")).Content.ReadAsStringAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Dashboard}/recurring/trigger") { Content = new FormUrlEncodedContent([new("jobs[]", job)]) };
        if (token)
        {
            var (header, value) = (Meta("csrf-header").Match(html).Groups[1].Value, Meta("csrf-token").Match(html).Groups[1].Value);
            Assert.NotEmpty(value);
            request.Headers.Add(header, value);
        }

        using var answer = await visitor.SendAsync(request);
        return answer.StatusCode;
    }

    private static Regex Meta(string name) => new($"name=\"{name}\" content=\"([^\"]+)\"");

    private Task<int> RecordsAsync() => host.WithContextAsync(context => context.AuditRecords.CountAsync(record => record.Action == "job.dashboard" && record.Actor == AuditActor.Staff));

    [GeneratedRegex(@"\(\?<\w+>[^)]*\)|\[[^\]]*\]\+?")]
    private static partial Regex Group();
}
