using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Plans;

namespace RingPortal.Simulator.Control;

/// <summary>Subscriptions.</summary>
internal static class PlanControls
{
    public static void MapPlanControls(this IEndpointRouteBuilder control)
    {
        control.MapGet("/accounts/{key}/plans", (string key, PlanBook plans) => ControlJson.Answer(plans.Of(key)));
        control.MapPost("/accounts/{key}/plans", StartAsync);
        control.MapPut("/accounts/{key}/plans/{id}", PutAsync);
        control.MapPost("/accounts/{key}/plans/{id}/renew", (string key, string id, PlanBook plans) => Change(plans, key, id, () => plans.Renew(id)));
        control.MapPost("/accounts/{key}/plans/{id}/end", (string key, string id, PlanBook plans) => Change(plans, key, id, () => plans.End(id)));
        control.MapPost("/accounts/{key}/plans/{id}/switch", (string key, string id, PlanBook plans) => Change(plans, key, id, () => plans.Switch(id)));
        control.MapPost("/accounts/{key}/devices/{id}/cancel-ring-plan", Cancel);
    }

    private static async Task<IResult> StartAsync(string key, HttpContext context, AccountBook accounts, PlanBook plans)
    {
        var wanted = await context.ReadOrNewAsync<NewPlan>();
        return accounts.Knows(key) ? ControlJson.Answer(plans.Start(key, wanted.Kind, wanted.DeviceIds)) : TypedResults.NotFound();
    }

    private static async Task<IResult> PutAsync(string key, string id, HttpContext context, AccountBook accounts, PlanBook plans)
    {
        if (!accounts.Knows(key))
            return TypedResults.NotFound();

        var plan = await context.ReadAsync<RingPlan>() with { Id = id, AccountKey = key };
        plans.Put(plan);
        return ControlJson.Answer(plan);
    }

    private static IResult Change(PlanBook plans, string key, string id, Func<RingPlan> change) =>
        plans.Of(key).Any(plan => plan.Id == id) ? ControlJson.Answer(change()) : TypedResults.NotFound();

    private static IResult Cancel(string key, string id, AccountBook accounts, PlanBook plans) =>
        accounts.Knows(key) ? ControlJson.Answer(new { ended = plans.CancelRingPlan(key, id) }) : TypedResults.NotFound();

    private sealed record NewPlan
    {
        public PlanKind Kind { get; init; }

        public IReadOnlyList<string>? DeviceIds { get; init; }
    }
}
