using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Plans;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary><c>GET /v1/accounts/me/subscriptions</c> (contract 10.2), 25 on a page.</summary>
internal static class SubscriptionEndpoints
{
    private const string Cursor = "page[cursor]";
    private const int PageSize = 25;

    public static void MapSubscriptions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/accounts/{account}/subscriptions", List).WithMetadata(new WireOperation(RingOperation.Subscriptions, Bearer: true, Cursor));

    private static IResult List(string account, HttpContext context, PlanBook plans, RingSettings settings, SimulatorClock clock)
    {
        if (account != "me")
            return context.Refuse(StatusCodes.Status400BadRequest, "Bad Request", "The path must use me.", loud: true);

        if (context.Notes().Caller is not { DevicesAllowed: true } caller)
            return context.Refuse(StatusCodes.Status403Forbidden, "Out of Scope Access", "Not authorised for this user before the account is linked.");

        var all = plans.Of(caller.AccountKey);
        if (Start(context.Request.Query[Cursor].ToString(), all) is not { } start)
            return context.Refuse(StatusCodes.Status400BadRequest, "Bad Request", "Unknown cursor.", loud: true);

        var page = all.Skip(start).Take(PageSize).ToList();
        context.Notes().Summary = $"{page.Count} subscriptions";
        return RingJson.Answer(new SubscriptionList(
            [.. page.Select(plan => Resource(plan, settings.TrialPlanIdAsNull))],
            start + PageSize < all.Count ? new NextLink($"/v1/accounts/me/subscriptions?{Cursor}={Encode(page[^1].Id)}") : null,
            AnswerMeta.At(clock.GetUtcNow())));
    }

    private static SubscriptionResource Resource(RingPlan plan, bool nullPlan)
    {
        var attributes = new JsonObject { ["sub_type"] = plan.Wire, ["status"] = plan.Active ? "active" : "inactive" };
        if (plan.PlanId is not null || nullPlan)
            attributes["plan_id"] = plan.PlanId;

        attributes["expires_at"] = RingTime.Seconds(plan.ExpiresAt);
        attributes["created_at"] = RingTime.Seconds(plan.CreatedAt);
        return new(plan.Id, "subscriptions", attributes, new(new([.. plan.DeviceIds.Select(id => new ResourceId("devices", id))])));
    }

    /// <summary>Where a page begins: at the front, or behind the subscription that the cursor names.</summary>
    private static int? Start(string cursor, IReadOnlyList<RingPlan> all)
    {
        if (cursor.Length == 0)
            return 0;

        for (var index = 0; index < all.Count; index++)
        {
            if (Encode(all[index].Id) == cursor)
                return index + 1;
        }

        return null;
    }

    private static string Encode(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));
}
