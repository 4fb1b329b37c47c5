using RingPortal.Data.Admin;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>An alarm as operators see it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Key">Its cause.</param>
/// <param name="Level">How soon a human is needed.</param>
/// <param name="Words">What happened and what to do.</param>
/// <param name="RaisedAt">When it first happened (UTC).</param>
/// <param name="LastAt">When it last happened (UTC).</param>
/// <param name="Count">How often.</param>
/// <param name="ResolvedAt">When it was settled (UTC); null while it fires.</param>
/// <param name="Taker">E-mail of who is on it; null for nobody.</param>
/// <param name="TakenAt">Since when (UTC).</param>
/// <param name="MutedUntil">Until when nobody is written to (UTC).</param>
public sealed record AlarmView(
    Guid Id, string Key, AlarmLevel Level, AlarmWords Words, DateTimeOffset RaisedAt, DateTimeOffset LastAt, int Count, DateTimeOffset? ResolvedAt, string? Taker, DateTimeOffset? TakenAt, DateTimeOffset? MutedUntil)
{
    /// <summary>What is known of its cause.</summary>
    public AlarmKind Kind => AlarmCatalogue.Of(Key);
}

/// <summary>An alarm with its history.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Notes">What happened, oldest first.</param>
public sealed record AlarmDetail(AlarmView Alarm, IReadOnlyList<AlarmNoteView> Notes);

/// <summary>A line of an alarm's history.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Kind">What, as in <see cref="AlarmNote.Kind"/>.</param>
/// <param name="Who">E-mail of the operator; null when the portal did it, or when their account is gone.</param>
/// <param name="Text">The finding.</param>
public sealed record AlarmNoteView(DateTimeOffset At, string Kind, string? Who, string? Text);

/// <summary>Which alarms.</summary>
public enum AlarmState
{
    /// <summary>Open, and nobody is on it.</summary>
    Firing,

    /// <summary>Open, and somebody is on it.</summary>
    Taken,

    /// <summary>Settled.</summary>
    Resolved,
}
