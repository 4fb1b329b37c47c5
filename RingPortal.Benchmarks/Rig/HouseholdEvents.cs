namespace RingPortal.Benchmarks.Rig;

/// <summary>Motion at the cameras of many households in turn.</summary>
internal sealed class HouseholdEvents(IReadOnlyList<Household> households)
{
    private int _next = -1;

    public SignedEvent Next()
    {
        var number = Interlocked.Increment(ref _next);
        var home = households[number % households.Count];
        return SignedEvent.Of(home, home.Cameras[number / households.Count % home.Cameras.Count], "motion_detected", TimeProvider.System.GetUtcNow());
    }
}
