using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Tests.Account;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Tests.Rights;

/// <summary>
/// Every address of the operator's desk as everybody who may try (reliability A16), from the endpoint table: a new page stands
/// in this matrix by itself.
/// </summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed partial class StaffMatrixTests(AccountHost host) : IClassFixture<AccountHost>
{
    private const string Desk = "/admin";

    private List<RouteEndpoint> Routes => [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsDesk)];

    /// <summary>Whether a route belongs to the operator's desk.</summary>
    internal static bool IsDesk(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.TrimStart('/')}/".StartsWith($"{Desk}/", StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Every_Address_Of_The_Desk_Asks_For_Staff_With_A_Second_Factor()
    {
        Assert.NotEmpty(Routes);
        Findings.None(Routes.Where(route => !Policies(route).Any(policy => policy is StaffPolicies.Look or StaffPolicies.Act) || route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(route => route.RoutePattern.RawText));
    }

    [Fact]
    public async Task Everybody_Gets_From_The_Desk_What_Is_Theirs()
    {
        using var nobody = new Visitor(host.Address);
        using var consumer = new Visitor(host.Address);
        await consumer.SignUpAsync(Visitor.NewEmail());
        using var admin = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
        using var support = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync, PortalRoles.Support);
        using var stale = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
        using var bareAdmin = await StaffCast.BareAsync(host.Address, host.Database.ExecuteAsync, PortalRoles.Admin);
        using var bareSupport = await StaffCast.BareAsync(host.Address, host.Database.ExecuteAsync, PortalRoles.Support);
        await SessionAge.StepBackAsync(host, stale.Browser, TimeSpan.FromMinutes(16));
        var unknown = await TextAsync(await consumer.GetAsync($"{Desk}/there-is-no-such-page"));
        var findings = new List<string>();

        foreach (var route in Routes)
        {
            var (path, isAct) = (AddressOf(route), Policies(route).Contains(StaffPolicies.Act));
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                var isRead = method is "GET" or "HEAD";
                async Task ExpectAsync(string who, Visitor visitor, Func<HttpResponseMessage, bool> fits, string? body = null)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), path);
                    // Whoever believes it would take everybody for local.
                    request.Headers.Add("X-Forwarded-For", "127.0.0.1");
                    using var answer = await visitor.SendAsync(request);
                    if (!fits(answer) || (body is not null && method == "GET" && await TextAsync(answer) != body))
                    {
                        findings.Add($"{method} {path} as {who}: {(int)answer.StatusCode} {answer.Headers.Location}");
                    }
                }

                await ExpectAsync("nobody", nobody, answer => answer is { StatusCode: HttpStatusCode.Found, Headers.Location.AbsolutePath: "/Account/Login" });
                await ExpectAsync("consumer", consumer, answer => answer.StatusCode is HttpStatusCode.NotFound, unknown);
                foreach (var (who, bare) in new[] { ("admin without a second factor", bareAdmin), ("support without a second factor", bareSupport) })
                {
                    await ExpectAsync(who, bare, answer => isRead ? LeadsTo(answer, "/Account/TwoFactor", path) : answer.StatusCode is HttpStatusCode.NotFound);
                }

                await ExpectAsync("support", support.Browser, answer => isAct ? answer.StatusCode is HttpStatusCode.NotFound : IsServed(answer));
                await ExpectAsync("admin, stale", stale.Browser, answer => !isAct ? IsServed(answer) : isRead ? LeadsTo(answer, "/Account/StepUp", path) : answer.StatusCode is HttpStatusCode.NotFound);
                await ExpectAsync("admin", admin.Browser, IsServed);
            }
        }

        Findings.None(findings);
    }

    /// <summary>Served, or refused by the page itself: without its form's token, or because what the made-up id names does not exist.</summary>
    private static bool IsServed(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed
            || (answer.StatusCode is HttpStatusCode.Forbidden && answer.RequestMessage!.Method == HttpMethod.Post)
            || (Visitor.WayOf(answer)?.StartsWith(Desk, StringComparison.Ordinal) is true);

    private static bool LeadsTo(HttpResponseMessage answer, string page, string back) =>
        answer.StatusCode is HttpStatusCode.Found && Visitor.WayOf(answer)!.EndsWith($"{page}?returnUrl={Uri.EscapeDataString(back)}", StringComparison.Ordinal);

    private static IEnumerable<string?> Policies(RouteEndpoint route) => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy);

    private static string AddressOf(RouteEndpoint route) => $"/{Parameter().Replace(route.RoutePattern.RawText!, match => match.Groups["kind"].Value switch
    {
        "guid" => Guid.NewGuid().ToString(),
        "int" or "long" => "1",
        _ => match.Groups["rest"].Success ? "" : "x",
    }).Trim('/')}";

    private static async Task<string> TextAsync(HttpResponseMessage answer) => (await Visitor.ReadAsync(answer)).QuerySelector("main")?.TextContent ?? "";

    [GeneratedRegex(@"\{(?<rest>\*\*)?\w+(:(?<kind>\w+))?[^}]*\}")]
    private static partial Regex Parameter();
}
