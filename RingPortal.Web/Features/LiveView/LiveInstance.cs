namespace RingPortal.Web.Features.LiveView;

/// <summary>Names this running portal in the rows of the live views that it opened.</summary>
internal sealed class LiveInstance
{
    public Guid Id { get; } = Guid.NewGuid();
}
