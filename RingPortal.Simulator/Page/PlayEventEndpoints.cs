using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Plans;

namespace RingPortal.Simulator.Page;

/// <summary>The buttons of cameras, days and plans.</summary>
internal static class PlayEventEndpoints
{
    public static void MapPlayEvents(this IEndpointRouteBuilder play)
    {
        play.MapPost("/device", DeviceAsync);
        play.MapPost("/camera", CameraAsync);
        play.MapPost("/day", DayAsync);
        play.MapPost("/plans", StartPlanAsync);
        play.MapPost("/plan", ChangePlanAsync);
    }

    private static Task<IResult> DeviceAsync(HttpContext context, AccountBook accounts, RingEvents events, HistoryBook history) => PlayForm.ActAsync(
        context,
        accounts,
        (account, form) =>
        {
            var id = accounts[account].Devices.FirstOrDefault(one => one.Id == form["device"])?.Id ?? throw new BadHttpRequestException("There is no such camera any more.");
            switch (form["act"])
            {
                case "motion":
                    events.Motion(account, id, form.Choice("kind", MotionKind.Motion));
                    break;
                case "press":
                    events.Press(account, id);
                    break;
                case "untold":
                    history.Add(account, id, HistoryTypes.Motion, subType: HistoryTypes.KindOf(form.Choice("kind", MotionKind.Motion).Wire()));
                    break;
                case "flood":
                    events.Send(account, RingEventTypes.FloodDetected, id);
                    break;
                case "online" or "offline":
                    accounts.SetOnline(account, id, form["act"] == "online");
                    break;
                case "return":
                    accounts.ReturnDevice(account, id);
                    break;
                case "take-out":
                    accounts.RemoveDevice(account, id, RemovalCause.TakenOut);
                    break;
                case "revoke":
                    accounts.RemoveDevice(account, id, RemovalCause.PermissionRevoked);
                    break;
                case "delete":
                    accounts.RemoveDevice(account, id, RemovalCause.DeletedAtRing);
                    break;
                default:
                    throw new BadHttpRequestException("There is no such button.");
            }
        },
        "#happenings");

    private static Task<IResult> CameraAsync(HttpContext context, AccountBook accounts) => PlayForm.ActAsync(
        context,
        accounts,
        (account, form) => accounts.AddDevice(account, new RingDevice
        {
            Id = $"ava1.ring.device.{Guid.NewGuid():N}",
            Name = form["name"].ToString().Trim() is { Length: > 0 and <= 60 } name ? name : throw new BadHttpRequestException("The camera needs a name of up to 60 letters."),
            Model = form.Choice("model", DeviceModel.Doorbell),
        }),
        "#happenings");

    private static Task<IResult> DayAsync(HttpContext context, AccountBook accounts, DayDesk days) => PlayForm.ActAsync(
        context,
        accounts,
        (account, form) =>
        {
            if (form["act"] == "stop")
            {
                days.Stop(account);
                return;
            }

            try
            {
                days.Begin(account, TimeSpan.FromSeconds(Math.Clamp(form.Number("seconds"), 0, 86_400)));
            }
            catch (ArgumentException wrong)
            {
                throw new BadHttpRequestException(wrong.Message, wrong);
            }
        },
        "#day");

    private static Task<IResult> StartPlanAsync(HttpContext context, AccountBook accounts, PlanBook plans) => PlayForm.ActAsync(
        context,
        accounts,
        (account, form) =>
        {
            var device = form["device"].ToString();
            if (form["act"] == "cancel")
            {
                foreach (var id in device.Length > 0 ? [device] : accounts[account].Devices.Select(one => one.Id))
                    plans.CancelRingPlan(account, id);
            }
            else
            {
                plans.Start(account, form["act"] == "trial" ? PlanKind.Trial : PlanKind.Paid, device.Length > 0 ? [device] : null);
            }
        },
        "#plans");

    private static Task<IResult> ChangePlanAsync(HttpContext context, AccountBook accounts, PlanBook plans) => PlayForm.ActAsync(
        context,
        accounts,
        (account, form) =>
        {
            var id = plans.Of(account).FirstOrDefault(one => one.Id == form["plan"])?.Id ?? throw new BadHttpRequestException("There is no such plan.");
            _ = form["act"].ToString() switch
            {
                "end" => plans.End(id),
                "switch" => plans.Switch(id),
                "renew" => plans.Renew(id),
                _ => throw new BadHttpRequestException("There is no such button."),
            };
        },
        "#plans");
}
