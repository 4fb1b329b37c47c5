namespace RingPortal.Simulator.Backend;

/// <summary>The order of code and <c>device_added</c>; Ring's guide shows both (contract 1.2).</summary>
public enum DeviceOrder
{
    /// <summary>The code first, then the shared devices.</summary>
    AfterExchange,

    /// <summary>The shared devices first: their events belong to an account that the partner cannot know yet.</summary>
    BeforeExchange,
}
