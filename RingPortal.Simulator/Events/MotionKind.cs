namespace RingPortal.Simulator.Events;

/// <summary>What moved.</summary>
public enum MotionKind
{
    /// <summary>Not told.</summary>
    Motion,

    /// <summary>A person.</summary>
    Human,

    /// <summary>A vehicle.</summary>
    Vehicle,

    /// <summary>An animal.</summary>
    Animal,

    /// <summary>A package.</summary>
    Package,

    /// <summary>Something else.</summary>
    OtherMotion,
}

/// <summary>Where an event tells what moved; Ring's documentation has both places (contract 5.7.1).</summary>
public enum MotionForm
{
    /// <summary>Form A: <c>data.subType</c>.</summary>
    BesideType,

    /// <summary>Form B: <c>data.attributes.sub_type</c>, with <c>timestamp_readable</c> and, of multi-camera devices, <c>component_ids</c>.</summary>
    InAttributes,

    /// <summary>Both at once.</summary>
    Both,
}

internal static class MotionKindText
{
    /// <summary>The sub-type as the wire has it.</summary>
    public static string Wire(this MotionKind kind) => kind switch
    {
        MotionKind.Human => "human",
        MotionKind.Vehicle => "vehicle",
        MotionKind.Animal => "animal",
        MotionKind.Package => "package",
        MotionKind.OtherMotion => "other_motion",
        _ => "motion",
    };
}
