namespace RingPortal.Web.Components.Toasts;

/// <summary>Something to tell in passing. Never the only place of an error.</summary>
/// <param name="Icon">Name of the icon.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Group">News of one group that come close together share a toast.</param>
public sealed record ToastNews(string Icon, string Text, string Group)
{
    /// <summary>Whether a screen reader interrupts for it: only that somebody is at the door.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>Words for several of the group; without, the toast just stays longer.</summary>
    public Func<int, string>? Together { get; init; }

    /// <summary>The icon for several of the group; without, that of the latest.</summary>
    public string? TogetherIcon { get; init; }

    /// <summary>A group whose toasts are true no longer.</summary>
    public string? Ends { get; init; }

    /// <summary>The word of the act, where there is one.</summary>
    public string? ActText { get; init; }

    /// <summary>Where the act leads.</summary>
    public string? ActHref { get; init; }
}

/// <summary>A toast on the screen.</summary>
/// <param name="Id">Its own key.</param>
/// <param name="News">The latest of what it tells.</param>
/// <param name="Count">How much it tells.</param>
/// <param name="At">When the latest came.</param>
/// <param name="Left">How long it stays from <paramref name="At"/>, pauses not counted.</param>
public sealed record Toast(Guid Id, ToastNews News, int Count, DateTimeOffset At, TimeSpan Left)
{
    /// <summary>The sentence.</summary>
    public string Text => Count > 1 && News.Together is { } together ? together(Count) : News.Text;

    /// <summary>The icon beside it.</summary>
    public string Icon => Count > 1 && News.TogetherIcon is { } together ? together : News.Icon;
}
