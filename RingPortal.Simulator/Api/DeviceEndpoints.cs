using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.State;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary>Devices and their four sub-resources (contract 3.7-3.9). Only shared devices of the caller's account exist.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var withInclude = new WireOperation(RingOperation.Devices, Bearer: true, "include");
        routes.MapGet("/v1/devices", List).WithMetadata(withInclude);
        routes.MapGet("/v1/devices/{id}", One).WithMetadata(withInclude);
        foreach (var part in DeviceWriter.Parts)
        {
            routes.MapGet($"/v1/devices/{{id}}/{part}", (HttpContext context, string id, RingStore store, SimulatorClock clock) => Part(context, id, part, store, clock))
                .WithMetadata(new WireOperation(RingOperation.Devices, Bearer: true));
        }
    }

    private static IResult List(HttpContext context, RingStore store, SimulatorClock clock)
    {
        if (Barred(context) is { } barred)
            return barred;

        if (WrongInclude(context) is { } wrong)
            return wrong;

        var devices = Shared(context, store);
        context.Notes().Summary = $"{devices.Count} devices";
        var parts = Include(context);
        return RingJson.Answer(new DeviceList(
            AnswerMeta.At(clock.GetUtcNow()),
            [.. devices.Select(DeviceWriter.Resource)],
            parts.Length == 0 ? null : [.. devices.SelectMany(device => parts.Select(part => DeviceWriter.Related(device, part))).DistinctBy(one => (one.Type, one.Id))]));
    }

    private static IResult One(HttpContext context, string id, RingStore store, SimulatorClock clock)
    {
        if (Barred(context) is { } barred)
            return barred;

        if (WrongInclude(context) is { } wrong)
            return wrong;

        if (Find(context, id, store) is not { } device)
            return NotFound(context);

        var parts = Include(context);
        return RingJson.Answer(new DeviceAnswer(
            AnswerMeta.At(clock.GetUtcNow()),
            DeviceWriter.Resource(device),
            parts.Length == 0 ? null : [.. parts.Select(part => DeviceWriter.Related(device, part))]));
    }

    private static IResult Part(HttpContext context, string id, string part, RingStore store, SimulatorClock clock)
    {
        if (Barred(context) is { } barred)
            return barred;

        if (Find(context, id, store) is not { } device)
            return NotFound(context);

        context.Notes().Summary = $"{device.Name}: {part}";
        return RingJson.Answer(new RelatedAnswer(AnswerMeta.At(clock.GetUtcNow()), DeviceWriter.Related(device, part)));
    }

    private static IResult? Barred(HttpContext context) => context.Notes().Caller is { DevicesAllowed: true }
        ? null
        : context.Refuse(StatusCodes.Status403Forbidden, "Out of Scope Access", "Device consents are not active before the account is linked.");

    private static IResult? WrongInclude(HttpContext context) => Include(context).Except(DeviceWriter.Parts).FirstOrDefault() is { } stranger
        ? context.Refuse(StatusCodes.Status400BadRequest, "Bad Request", $"include knows no '{stranger}'.", loud: true)
        : null;

    private static IResult NotFound(HttpContext context) =>
        context.Refuse(StatusCodes.Status404NotFound, "Not Found", "No such device for this account");

    private static string[] Include(HttpContext context) =>
        context.Request.Query["include"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static RingDevice? Find(HttpContext context, string id, RingStore store)
    {
        var device = Shared(context, store).FirstOrDefault(one => one.Id == id);
        if (device is not null)
            context.Notes().Summary = device.Name;

        return device;
    }

    private static IReadOnlyList<RingDevice> Shared(HttpContext context, RingStore store) =>
        store.Read(state => state.Accounts[context.Notes().Caller!.AccountKey].Visible);
}
