using System.Text.Json;

namespace RingPortal.Web.Features.Events.History;

/// <summary>How far one listing of the history was followed from its newest end.</summary>
/// <param name="Next">Where it goes on; null at both ends.</param>
/// <param name="Reached">The oldest that was seen (UTC); null before the first page.</param>
/// <param name="IsEnded">Whether there is no more of it.</param>
internal sealed record HistoryBranch(string? Next = null, DateTimeOffset? Reached = null, bool IsEnded = false)
{
    /// <summary>Whether everything that began after that was seen.</summary>
    public bool Covers(DateTimeOffset until) => IsEnded || Reached < until;

    /// <summary>Never the address.</summary>
    public override string ToString() => nameof(HistoryBranch);
}

/// <summary>How far the history of a camera was followed: all events, and beside them the motion of each class that has a name.</summary>
/// <param name="Main">All events.</param>
/// <param name="Classes">Motion by class, for those that were asked for.</param>
internal sealed record HistoryTrail(HistoryBranch Main, IReadOnlyDictionary<string, HistoryBranch> Classes)
{
    /// <summary>At the newest end.</summary>
    public static HistoryTrail New { get; } = new(new HistoryBranch(), new Dictionary<string, HistoryBranch>());

    /// <summary>Reads what <see cref="Write"/> wrote; without a text it is at the newest end.</summary>
    public static HistoryTrail Read(string? text) => text is null ? New : JsonSerializer.Deserialize<HistoryTrail>(text)!;

    public string Write() => JsonSerializer.Serialize(this);

    public HistoryTrail With(string motion, HistoryBranch branch) =>
        this with { Classes = new Dictionary<string, HistoryBranch>(Classes) { [motion] = branch } };
}
