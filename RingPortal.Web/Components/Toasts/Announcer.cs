namespace RingPortal.Web.Components.Toasts;

/// <summary>
/// What the shell's two live regions say. Urgent words go out at once; others at most every five seconds, the last of them
/// for all, so that a busy minute is not read out event by event.
/// </summary>
public sealed class Announcer(TimeProvider clock)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(5);

    private DateTimeOffset _spokenAt;
    private string? _later;

    /// <summary>There is something else to say.</summary>
    public event Action? Changed;

    /// <summary>For the polite region.</summary>
    public Announcement? Polite { get; private set; }

    /// <summary>For the region that interrupts.</summary>
    public Announcement? Urgent { get; private set; }

    /// <summary>When <see cref="Flush"/> has something to say; null while it has not.</summary>
    public DateTimeOffset? LaterAt => _later is null ? null : _spokenAt + s_quiet;

    /// <summary>Says it once.</summary>
    public void Say(string text, bool isUrgent)
    {
        if (isUrgent)
        {
            Urgent = new Announcement(text, (Urgent?.Number ?? 0) + 1);
            Changed?.Invoke();
        }
        else
        {
            _later = text;
            Flush();
        }
    }

    /// <summary>Says what waited, when its time has come.</summary>
    public void Flush()
    {
        var now = clock.GetUtcNow();
        if (_later is null || now - _spokenAt < s_quiet)
        {
            return;
        }

        Polite = new Announcement(_later, (Polite?.Number ?? 0) + 1);
        (_later, _spokenAt) = (null, now);
        Changed?.Invoke();
    }

    /// <summary>Leaves nothing behind for who reads the page to its end; what was not said yet still will be.</summary>
    public void Clear()
    {
        Polite = Polite is null ? null : Polite with { Text = "" };
        Urgent = Urgent is null ? null : Urgent with { Text = "" };
        Changed?.Invoke();
    }
}

/// <summary>Words in a live region.</summary>
/// <param name="Text">The words.</param>
/// <param name="Number">Tells the same words at another time apart.</param>
public sealed record Announcement(string Text, int Number);
