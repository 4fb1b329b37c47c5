namespace RingPortal.Web.Components.Toasts;

/// <summary>
/// The toasts of one open page: at most three, each for eight seconds (twenty with an act), standing still while the reader
/// points at them or is inside. What comes within five seconds of its like becomes one, and nothing stands there twice.
/// </summary>
public sealed class ToastShelf(TimeProvider clock, Announcer announcer)
{
    private const int Most = 3;
    private static readonly TimeSpan s_stay = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_stayWithAct = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_together = TimeSpan.FromSeconds(5);

    private readonly List<Toast> _shown = [];
    private DateTimeOffset? _heldSince;

    /// <summary>Something else is to be shown.</summary>
    public event Action? Changed;

    /// <summary>What is on the screen, oldest first.</summary>
    public IReadOnlyList<Toast> Shown => _shown;

    /// <summary>When the next toast goes by itself; null while nothing does.</summary>
    public DateTimeOffset? NextEnd => _heldSince is null && _shown.Count > 0 ? _shown.Min(toast => toast.At + toast.Left) : null;

    /// <summary>Shows and announces.</summary>
    public void Add(ToastNews news)
    {
        var now = clock.GetUtcNow();
        _shown.RemoveAll(toast => toast.News.Group == news.Ends);
        // The same again is no second toast: it stays longer, and is said once more when the first is a while ago.
        var like = _shown.FindIndex(toast => toast.News.Group == news.Group && (now - toast.At <= s_together || news.Together is null));
        var isAgain = like >= 0 && now - _shown[like].At > s_together;
        var left = news.ActText is null ? s_stay : s_stayWithAct;
        var toast = like < 0
            ? new Toast(Guid.NewGuid(), news, 1, now, left)
            : _shown[like] with { News = news, Count = _shown[like].Count + 1, At = now, Left = left };
        if (like < 0)
        {
            MakeRoom();
            _shown.Add(toast);
        }
        else
        {
            _shown[like] = toast;
        }

        if (like < 0 || isAgain || news.Together is not null)
        {
            announcer.Say(toast.Text, news.IsUrgent);
        }

        Changed?.Invoke();
    }

    /// <summary>The reader has seen it.</summary>
    public void Close(Guid id)
    {
        _shown.RemoveAll(toast => toast.Id == id);
        Settle();
    }

    /// <summary>Stands still, or goes on with the time that was left.</summary>
    public void Hold(bool isHeld)
    {
        var now = clock.GetUtcNow();
        if (isHeld)
        {
            _heldSince ??= now;
        }
        else if (_heldSince is { } since)
        {
            _heldSince = null;
            // What came during the pause has all its time; the rest has what it had.
            for (var i = 0; i < _shown.Count; i++)
            {
                _shown[i] = _shown[i] with { Left = _shown[i].Left + (now - (since > _shown[i].At ? since : _shown[i].At)) };
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Takes away what has had its time.</summary>
    public void Sweep()
    {
        var now = clock.GetUtcNow();
        if (_heldSince is null && _shown.RemoveAll(toast => toast.At + toast.Left <= now) > 0)
        {
            Settle();
        }
    }

    private void MakeRoom()
    {
        while (_shown.Count >= Most)
        {
            _shown.Remove(_shown.Find(toast => !toast.News.IsUrgent) ?? _shown[0]);
        }
    }

    private void Settle()
    {
        if (_shown.Count == 0)
        {
            // Nothing is left to point at, so nobody would ever let go.
            _heldSince = null;
            announcer.Clear();
        }

        Changed?.Invoke();
    }
}
