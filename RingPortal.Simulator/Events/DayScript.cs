using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Events;

/// <summary>
/// A day in the life of a household, with everything that its devices tell: visitors at the door, motion of every kind, a
/// camera that is offline over noon, one that is taken out of the app and shared again, and an event of a new kind.
/// </summary>
internal static class DayScript
{
    public static IReadOnlyList<DayStep> Of(RingAccount account, AccountBook accounts, RingEvents events)
    {
        var cameras = account.Visible;
        if (cameras.Count == 0)
            return [];

        var door = cameras.FirstOrDefault(camera => camera.Model == DeviceModel.Doorbell) ?? cameras[0];
        var others = cameras.Where(camera => camera != door).DefaultIfEmpty(door).ToList();
        var (yard, drive, last) = (others[0], others[1 % others.Count], others[^1]);
        List<DayStep> day =
        [
            Moves("06:40", yard, MotionKind.Animal),
            Moves("07:15", door, MotionKind.Human),
            Moves("07:50", drive, MotionKind.Vehicle),
            Moves("09:30", door, MotionKind.Package),
            Step("11:00", yard, "goes offline", () => accounts.SetOnline(account.Key, yard.Id, online: false)),
            Step("13:20", yard, "is online again", () => accounts.SetOnline(account.Key, yard.Id, online: true)),
            Step("14:00", last, "is taken out of the app", () => accounts.RemoveDevice(account.Key, last.Id, RemovalCause.TakenOut)),
            Step("14:30", last, "is shared again", () => accounts.ReturnDevice(account.Key, last.Id)),
            Moves("16:10", yard, MotionKind.OtherMotion),
            Moves("17:45", drive, MotionKind.Vehicle),
            Step("19:20", drive, "tells something of a new kind", () => events.Send(account.Key, RingEventTypes.FloodDetected, drive.Id)),
            Moves("22:30", yard, MotionKind.Motion),
        ];
        if (door.Model == DeviceModel.Doorbell)
        {
            day.Add(Step("07:17", door, "rings", () => events.Press(account.Key, door.Id)));
            day.Add(Step("18:02", door, "rings", () => events.Press(account.Key, door.Id)));
        }

        return [.. day.OrderBy(step => step.At)];

        DayStep Moves(string at, RingDevice camera, MotionKind kind) =>
            Step(at, camera, $"sees {Page.Words.Of(kind).ToLowerInvariant()}", () => events.Motion(account.Key, camera.Id, kind));

        static DayStep Step(string at, RingDevice camera, string what, Action act) =>
            new(TimeSpan.Parse(at, System.Globalization.CultureInfo.InvariantCulture), camera.Name, what, act);
    }
}
