namespace RingPortal.Simulator.Events;

/// <summary>Something that happens on a played day.</summary>
/// <param name="At">Its time of day.</param>
/// <param name="Camera">The name of the camera.</param>
/// <param name="What">What happens there, as the page says it.</param>
/// <param name="Act">Makes it happen.</param>
internal sealed record DayStep(TimeSpan At, string Camera, string What, Action Act);
