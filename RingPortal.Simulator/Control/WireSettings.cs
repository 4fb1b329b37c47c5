using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Control;

/// <summary>The settings of the wire that can be changed while the cloud runs.</summary>
internal sealed record WireSettings(
    BodyVariant BodyVariant,
    AnswerShape AnswerShape,
    RotationMode Rotation,
    DeviceOrder DeviceOrder,
    bool RefuseRepeatedCompleted,
    bool TrialPlanIdAsNull,
    int AccessTokenSeconds)
{
    public static WireSettings Of(RingSettings settings) => new(
        settings.BodyVariant, settings.AnswerShape, settings.Rotation, settings.DeviceOrder, settings.RefuseRepeatedCompleted, settings.TrialPlanIdAsNull, settings.AccessTokenSeconds);

    public void Apply(RingSettings settings)
    {
        settings.BodyVariant = BodyVariant;
        settings.AnswerShape = AnswerShape;
        settings.Rotation = Rotation;
        settings.DeviceOrder = DeviceOrder;
        settings.RefuseRepeatedCompleted = RefuseRepeatedCompleted;
        settings.TrialPlanIdAsNull = TrialPlanIdAsNull;
        settings.AccessTokenSeconds = Math.Max(1, AccessTokenSeconds);
    }
}
