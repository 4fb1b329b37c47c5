using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Feed;

/// <summary>An event that an open page is to show.</summary>
internal sealed record Watched(string RequestId, string Name);

/// <summary>
/// Events of many households, among which one with open pages gets its share: at random places, so that it keeps no time
/// with the portal's own pauses, and from each of its cameras in turn, so that a card shows one event before the next comes.
/// </summary>
/// <param name="watched">The household with open pages.</param>
/// <param name="others">All others.</param>
/// <param name="oneIn">Of so many events one is watched.</param>
internal sealed class WatchedHousehold(Household watched, HouseholdEvents others, int oneIn)
{
    private readonly List<Watched> _sent = [];
    private int _left;
    private int _place;

    /// <summary>What was sent to be seen.</summary>
    public IReadOnlyList<Watched> Sent => _sent;

    /// <summary>The next event. For one thread.</summary>
    public SignedEvent Next()
    {
        if (_left == 0)
        {
            (_left, _place) = (oneIn, Random.Shared.Next(oneIn));
        }

        return --_left == _place ? Watch() : others.Next();
    }

    private SignedEvent Watch()
    {
        var (camera, now) = (watched.Cameras[_sent.Count % watched.Cameras.Count], TimeProvider.System.GetUtcNow());
        var signed = SignedEvent.Of(watched, camera, _sent.Count % 2 == 0 ? "button_press" : "motion_detected", now);
        _sent.Add(new Watched(signed.RequestId, OpenPage.NameOf(camera.Id, now)));
        return signed;
    }
}
