using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Linking;

/// <summary>Slows floods of link pages, per instance: 300 arrivals a minute per address (mobile networks share one), 5 consents a minute per person.</summary>
internal sealed class LinkLimits : IDisposable
{
    private readonly WindowLimit _arrival = new(300, TimeSpan.FromMinutes(1));
    private readonly WindowLimit _consent = new(5, TimeSpan.FromMinutes(1));

    /// <summary>How long to wait, or null when the call may go on.</summary>
    public TimeSpan? Arrival(HttpContext http) => _arrival.Take(ClientAddress.Of(http));

    /// <inheritdoc cref="Arrival" />
    public TimeSpan? Consent(Guid userId) => _consent.Take(userId.ToString());

    public void Dispose()
    {
        _arrival.Dispose();
        _consent.Dispose();
    }
}
