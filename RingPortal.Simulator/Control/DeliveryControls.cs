using RingPortal.Simulator.Deliveries;

namespace RingPortal.Simulator.Control;

/// <summary>The list of deliveries and the dead letters.</summary>
internal static class DeliveryControls
{
    public static void MapDeliveryControls(this IEndpointRouteBuilder control)
    {
        control.MapGet("/deliveries", Find);
        control.MapGet("/deliveries/counts", Counts);
        control.MapGet("/deliveries/{number:long}", (long number, DeliveryLog log) => log[number] is { } record ? ControlJson.Answer(record) : TypedResults.NotFound());
        control.MapGet("/dead-letters", (DeadLetters dead, DeliveryLog log) => ControlJson.Answer(dead.Numbers.Select(number => log[number])));
        control.MapPost("/dead-letters/replay", (DeliveryEngine engine) => ControlJson.Answer(new { replayed = engine.ReplayAll() }));
        control.MapPost("/dead-letters/{number:long}/replay", IResult (long number, DeliveryEngine engine) => engine.Replay(number) ? TypedResults.NoContent() : TypedResults.NotFound());
    }

    private static IResult Find(DeliveryLog log, string? account, string? type, string? device, string? fate, long? after, long? before, int limit = 100) =>
        ControlJson.Answer(log.Find(new()
        {
            Account = account,
            Type = type,
            Device = device,
            Fate = ControlJson.Choice<DeliveryFate>(fate),
            After = after,
            Before = before,
            Limit = Math.Clamp(limit, 1, 10_000),
        }));

    private static IResult Counts(DeliveryLog log, string? account, string? type) => ControlJson.Answer(
        Enum.GetValues<DeliveryFate>().ToDictionary(fate => char.ToLowerInvariant(fate.ToString()[0]) + fate.ToString()[1..], fate => log.Count(type, account, fate)));
}
