using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>
/// What follows the commit of a batch: open pages are told and jobs are woken, each once. All of it is a hint; the rows
/// that were committed are found by sweeps too.
/// </summary>
internal sealed class Aftermath
{
    private readonly List<FeedChange> _changes = [];
    private readonly Dictionary<string, Action<WorkWake>> _wakes = [];

    /// <summary>The delivery that is being applied: what it changes is shown in its trace.</summary>
    public Guid? Cause { get; set; }

    /// <summary>Open pages should show this.</summary>
    public void Show(FeedChange change) => _changes.Add(change with { Cause = Cause });

    /// <summary>A job should start; the same one only once.</summary>
    public void Wake(string key, Action<WorkWake> wake) => _wakes.TryAdd(key, wake);

    /// <summary>What follows another commit.</summary>
    public void Add(Aftermath other)
    {
        _changes.AddRange(other._changes);
        foreach (var (key, wake) in other._wakes)
        {
            _wakes.TryAdd(key, wake);
        }
    }

    /// <summary>The transaction is lost, and with it all that would have followed.</summary>
    public void Forget()
    {
        _changes.Clear();
        _wakes.Clear();
    }

    public void Run(FeedOutlet outlet, WorkWake work)
    {
        outlet.Publish(_changes);
        foreach (var wake in _wakes.Values)
        {
            wake(work);
        }
    }
}
