using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using RingPortal.Data.Account;
using RingPortal.Tests.Account;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Tests.Rights;

/// <summary>
/// Everybody who may try the operator's desk, and what each must get from each of its addresses (reliability A16). All of them say
/// that they come from this machine: who believes it would take everybody for local.
/// </summary>
internal sealed partial class StaffCrowd : IDisposable
{
    public const string Desk = "/admin";

    private readonly List<(string Who, Visitor Visitor)> _bare = [];
    private string _unknown = "";

    private StaffCrowd(Visitor nobody, Visitor consumer, StaffPerson admin, StaffPerson support, StaffPerson stale) =>
        (Nobody, Consumer, Admin, Support, Stale) = (nobody, consumer, admin, support, stale);

    public Visitor Nobody { get; }

    public Visitor Consumer { get; }

    public StaffPerson Admin { get; }

    public StaffPerson Support { get; }

    /// <summary>An administrator whose second factor is too old to act.</summary>
    public StaffPerson Stale { get; }

    public List<string> Findings { get; } = [];

    public int Calls { get; private set; }

    /// <param name="open">A fresh browser.</param>
    /// <param name="executeAsync">Runs a statement.</param>
    /// <param name="staleAsync">An administrator whose second factor was given 16 minutes ago.</param>
    public static async Task<StaffCrowd> GatherAsync(Func<Visitor> open, Func<string, Task<int>> executeAsync, Func<Task<StaffPerson>> staleAsync)
    {
        var consumer = open();
        await consumer.SignUpAsync(Visitor.NewEmail());
        var crowd = new StaffCrowd(
            open(), consumer, await StaffCast.ArriveAsync(open, executeAsync), await StaffCast.ArriveAsync(open, executeAsync, PortalRoles.Support), await staleAsync());
        foreach (var role in new[] { PortalRoles.Admin, PortalRoles.Support })
        {
            crowd._bare.Add(($"{role} without a second factor", await StaffCast.BareAsync(open, executeAsync, role)));
        }

        crowd._unknown = await TextAsync(await consumer.GetAsync($"{Desk}/there-is-no-such-page"));
        return crowd;
    }

    /// <summary>Whether a route belongs to the operator's desk.</summary>
    public static bool IsDesk(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.TrimStart('/')}/".StartsWith($"{Desk}/", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<string?> Policies(RouteEndpoint route) => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy);

    /// <summary>Tries a route with each of its methods as everybody.</summary>
    public async Task TryAsync(RouteEndpoint route)
    {
        foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
        {
            await TryAsync(method, AddressOf(route), Policies(route).Contains(StaffPolicies.Act));
        }
    }

    /// <summary>Tries an address as those who get nothing there, whoever they say they are.</summary>
    public async Task TryFromOutsideAsync(string method, string path)
    {
        var isRead = method is "GET" or "HEAD";
        await ExpectAsync(method, path, "nobody", Nobody, answer => answer is { StatusCode: HttpStatusCode.Found } && Visitor.WayOf(answer)!.StartsWith("/Account/Login", StringComparison.Ordinal));
        await ExpectAsync(method, path, "consumer", Consumer, answer => answer.StatusCode is HttpStatusCode.NotFound, _unknown);
        foreach (var (who, bare) in _bare)
        {
            await ExpectAsync(method, path, who, bare, answer => isRead ? LeadsTo(answer, "/Account/TwoFactor", path) : answer.StatusCode is HttpStatusCode.NotFound);
        }
    }

    public void Dispose()
    {
        Nobody.Dispose();
        Consumer.Dispose();
        Admin.Dispose();
        Support.Dispose();
        Stale.Dispose();
        _bare.ForEach(bare => bare.Visitor.Dispose());
    }

    private async Task TryAsync(string method, string path, bool isAct)
    {
        await TryFromOutsideAsync(method, path);
        await ExpectAsync(method, path, "support", Support.Browser, answer => isAct ? answer.StatusCode is HttpStatusCode.NotFound : IsServed(answer));
        await ExpectAsync(
            method, path, "admin, stale", Stale.Browser,
            answer => !isAct ? IsServed(answer) : method is "GET" or "HEAD" ? LeadsTo(answer, "/Account/StepUp", path) : answer.StatusCode is HttpStatusCode.NotFound);
        await ExpectAsync(method, path, "admin", Admin.Browser, IsServed);
    }

    private async Task ExpectAsync(string method, string path, string who, Visitor visitor, Func<HttpResponseMessage, bool> fits, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");
        using var answer = await visitor.SendAsync(request);
        Calls++;
        if (!fits(answer) || (body is not null && method == "GET" && await TextAsync(answer) != body))
        {
            Findings.Add($"{method} {path} as {who}: {(int)answer.StatusCode} {answer.Headers.Location}");
        }
    }

    /// <summary>Served, or refused by the page itself: without its form's token, or because what the made-up id names does not exist.</summary>
    private static bool IsServed(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed
            || (answer.StatusCode is HttpStatusCode.Forbidden && answer.RequestMessage!.Method == HttpMethod.Post)
            || (Visitor.WayOf(answer)?.StartsWith(Desk, StringComparison.Ordinal) is true);

    private static bool LeadsTo(HttpResponseMessage answer, string page, string back) =>
        answer.StatusCode is HttpStatusCode.Found && Visitor.WayOf(answer)!.EndsWith($"{page}?returnUrl={Uri.EscapeDataString(back)}", StringComparison.Ordinal);

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
