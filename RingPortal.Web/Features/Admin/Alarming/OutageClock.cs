namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>
/// For how long this instance has answered no call from Ring well, as far as calls came. A refusal that is final (4xx) is
/// neither: strangers get it as well.
/// </summary>
internal sealed class OutageClock(TimeProvider clock)
{
    private const int EnoughCalls = 3;
    private static readonly HashSet<string> s_good = ["accepted", "duplicate", "quarantined", "repeated"];
    private static readonly HashSet<string> s_bad = ["stopping", "durability", "schema", "keys", "database_away", "overloaded", "unreadable", "not_stored", "unavailable"];

    /// <summary>Ring's own repeats of one delivery are this far apart at last: one hiccup is no outage.</summary>
    private static readonly TimeSpan s_stretch = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private DateTimeOffset _first;
    private DateTimeOffset _last;
    private int _calls;

    /// <summary>Notes how a call to the webhook or token address was answered.</summary>
    public void Answered(string verdict)
    {
        lock (_lock)
        {
            if (s_good.Contains(verdict))
            {
                _calls = 0;
            }
            else if (s_bad.Contains(verdict))
            {
                _last = clock.GetUtcNow();
                _first = _calls++ == 0 ? _last : _first;
            }
        }
    }

    /// <summary>Since when (UTC) no call was answered well; null when the last one was, or too few came.</summary>
    public DateTimeOffset? Since()
    {
        lock (_lock)
        {
            return _calls >= EnoughCalls && _last - _first >= s_stretch ? _first : null;
        }
    }

    /// <summary>Another instance answers well.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _calls = 0;
        }
    }
}
