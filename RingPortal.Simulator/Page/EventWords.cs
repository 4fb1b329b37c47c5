using System.Globalization;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Live;

namespace RingPortal.Simulator.Page;

/// <summary>Events, their fates and their troubles as the page says them.</summary>
internal static partial class Words
{
    public static string Of(DeliveryFate fate) => fate switch
    {
        DeliveryFate.Waiting => "under way",
        DeliveryFate.Delivered => "delivered",
        DeliveryFate.Refused => "refused",
        DeliveryFate.DeadLetter => "dead letter",
        _ => "lost",
    };

    public static string Tone(DeliveryFate fate) => fate switch
    {
        DeliveryFate.Delivered => "good",
        DeliveryFate.Waiting => "wait",
        _ => "bad",
    };

    public static string Of(MotionKind kind) => kind switch
    {
        MotionKind.Human => "A person",
        MotionKind.Vehicle => "A vehicle",
        MotionKind.Animal => "An animal",
        MotionKind.Package => "A package",
        MotionKind.OtherMotion => "Something else",
        _ => "Something",
    };

    /// <summary>How far a day is: "07:17 Front Door rings".</summary>
    public static string Of(PlayedDay day) => day switch
    {
        { Latest: null } => "The day begins.",
        { Latest: { } step, Running: false } when day.Played < day.Count => $"Stopped after {Text(step)}.",
        { Running: false } => "The day is over.",
        { Latest: { } step } => Text(step),
    };

    private static string Text(DayStep step) => $"{step.At:hh\\:mm} {step.Camera} {step.What}";

    public static string Of(MotionForm form) => form switch
    {
        MotionForm.InAttributes => "attributes.sub_type",
        MotionForm.Both => "both places",
        _ => "subType",
    };

    public static string Of(SignatureFault fault) => fault switch
    {
        SignatureFault.WrongKey => "made with a wrong key",
        SignatureFault.Base64 => "in Base64",
        SignatureFault.Missing => "missing",
        SignatureFault.Truncated => "one digit short",
        _ => "right",
    };

    public static string Of(LivePlay play) => play switch
    {
        LivePlay.Waiting => "nobody has connected yet",
        LivePlay.Playing => "the picture moves",
        LivePlay.Still => "the picture stands still",
        LivePlay.Failed => "the connection failed",
        _ => "without a picture",
    };

    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>What goes wrong on purpose right now.</summary>
    public static IEnumerable<string> Trouble(WebhookSettings now)
    {
        if (now.Copies > 1)
            yield return $"{now.Copies} copies of each event";

        if (now.DisorderWindow > 1)
            yield return $"{now.DisorderWindow} events held back and shuffled";

        if (now.Signature != SignatureFault.None)
            yield return $"signatures {Of(now.Signature)}";

        if (now.Unreachable)
            yield return "the portal cannot be reached";

        if (now.EventOffsetMilliseconds != 0)
            yield return $"events are {Number(now.EventOffsetMilliseconds / 1000.0)} s ahead";

        if (!now.DeadLetters)
            yield return "nothing is kept after the last attempt";
    }
}
