namespace RingPortal.Simulator.Ledger;

/// <summary>Marks an endpoint as one of Ring's; endpoints without it belong to the simulator's own pages.</summary>
/// <param name="Operation">What it is.</param>
/// <param name="Bearer">Needs an access token.</param>
/// <param name="Query">The query parameters that it knows.</param>
internal sealed record WireOperation(RingOperation Operation, bool Bearer, params string[] Query);

/// <summary>Marks an endpoint of the simulator's own pages and controls.</summary>
internal sealed record OwnPage;
