namespace RingPortal.Web.Features.Media.Album;

/// <summary>What a person chooses for the album of a camera.</summary>
/// <param name="At">Local time of the daily picture.</param>
/// <param name="EveryHours">Every so many hours instead; null for daily.</param>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="KeepDays">How long pictures are kept.</param>
public sealed record AlbumChoice(TimeOnly At, int? EveryHours, string TimeZone, int KeepDays);

/// <summary>The schedule of a camera as its page shows it.</summary>
/// <param name="Choice">What is chosen, or what the form begins with.</param>
/// <param name="NextSlot">When the next picture comes; null while it is turned off.</param>
/// <param name="MostDays">The longest that pictures may be kept.</param>
public sealed record AlbumSchedule(AlbumChoice Choice, DateTimeOffset? NextSlot, int MostDays);
