using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
public sealed class StaffMatrixTests(AccountHost host) : IClassFixture<AccountHost>
{
    private List<RouteEndpoint> Routes => [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(StaffCrowd.IsDesk)];

    [Fact]
    public void Every_Address_Of_The_Desk_Asks_For_Staff_With_A_Second_Factor()
    {
        Assert.NotEmpty(Routes);
        Findings.None(Routes.Where(route => !StaffCrowd.Policies(route).Any(policy => policy is StaffPolicies.Look or StaffPolicies.Act) || route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(route => route.RoutePattern.RawText));
    }

    [Fact]
    public async Task Everybody_Gets_From_The_Desk_What_Is_Theirs()
    {
        using var crowd = await StaffCrowd.GatherAsync(() => new Visitor(host.Address), host.Database.ExecuteAsync, async () =>
        {
            var stale = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
            await SessionAge.StepBackAsync(host, stale.Browser, TimeSpan.FromMinutes(16));
            return stale;
        });

        foreach (var route in Routes)
        {
            await crowd.TryAsync(route);
        }

        Findings.None(crowd.Findings);
    }
}
