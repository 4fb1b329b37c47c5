namespace RingPortal.Web.Components;

/// <summary>Rung on an open page when a banner may have come or gone. One for each page.</summary>
public sealed class BannerBell
{
    /// <summary>Somebody rang.</summary>
    public event Action? Rung;

    /// <summary>The shell asks again what there is to say.</summary>
    public void Ring() => Rung?.Invoke();
}
