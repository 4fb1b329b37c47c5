using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Faults;

/// <summary>The faults that are to come, oldest first.</summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<Fault> planned = [];
    private readonly List<FaultGate> gates = [];

    /// <summary>What is still planned.</summary>
    public IReadOnlyList<Fault> Planned
    {
        get
        {
            lock (gate)
                return [.. planned];
        }
    }

    /// <summary>Plans a fault behind those already planned.</summary>
    public void Add(Fault fault)
    {
        lock (gate)
            planned.Add(fault);
    }

    /// <summary>Holds the next call of an operation, before or after its effect.</summary>
    public FaultGate Hold(RingOperation operation, bool afterEffect = false)
    {
        var held = new FaultGate(operation, afterEffect);
        lock (gate)
            gates.Add(held);

        return held;
    }

    /// <summary>Forgets everything planned and releases what is held.</summary>
    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
            gates.ForEach(held => held.Release());
            gates.Clear();
        }
    }

    internal Fault? Take(RingOperation operation)
    {
        lock (gate)
        {
            var index = planned.FindIndex(fault => Meets(fault.Operation, operation));
            if (index < 0)
                return null;

            var fault = planned[index];
            if (fault.Times == 1)
                planned.RemoveAt(index);
            else if (fault.Times > 1)
                planned[index] = fault with { Times = fault.Times - 1 };

            return fault;
        }
    }

    internal FaultGate? TakeGate(RingOperation operation)
    {
        lock (gate)
        {
            var held = gates.Find(one => Meets(one.Operation, operation));
            if (held is not null)
                gates.Remove(held);

            return held;
        }
    }

    private static bool Meets(RingOperation planned, RingOperation actual) => planned == RingOperation.Any || planned == actual;
}
