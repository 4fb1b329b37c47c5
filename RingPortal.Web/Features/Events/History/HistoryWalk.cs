using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.History;

/// <summary>How a walk along the history ended.</summary>
/// <param name="Trail">How far it came.</param>
/// <param name="Failure">Why it broke off; null when it did not.</param>
/// <param name="IsGone">Whether the camera is not shared any more.</param>
/// <param name="HasNews">Whether it met anything that was not known.</param>
internal sealed record HistoryWalkEnd(HistoryTrail Trail, RingFailure? Failure, bool IsGone, bool HasNews);

/// <summary>
/// Follows Ring's history of a camera towards older events and writes what it meets. It ends at the time asked for, where the
/// history ends, where it goes in circles, and after so many pages (contract 10.1).
/// </summary>
internal sealed class HistoryWalk(LinkAccess access, RingClient ring, HistoryMerger merger)
{
    /// <param name="camera">The camera.</param>
    /// <param name="trail">Where to begin.</param>
    /// <param name="until">How far back.</param>
    /// <param name="pages">How many pages at most; as many again of motion by class.</param>
    /// <param name="priority">Whether a person waits.</param>
    /// <param name="cancellationToken">Breaks off; what was written stays.</param>
    public async Task<HistoryWalkEnd> GoAsync(
        HistoryCamera camera, HistoryTrail trail, DateTimeOffset until, int pages, RingPriority priority, CancellationToken cancellationToken)
    {
        var walk = new Walk(camera, priority, pages) { Trail = trail };
        while (walk.IsGoing && walk.PagesLeft > 0 && !walk.Trail.Main.Covers(until))
        {
            walk.PagesLeft--;
            walk.Trail = walk.Trail with { Main = await PageAsync(walk, motion: null, walk.Trail.Main, cancellationToken) };
            if (walk.IsGoing && walk.Unclear is { } unclear)
            {
                await ClassesAsync(walk, unclear, cancellationToken);
            }
        }

        return new HistoryWalkEnd(walk.Trail, walk.Failure, walk.IsGone, walk.HasNews);
    }

    /// <summary>The class of motion is no part of Ring's answer: whoever wants it asks for each class (contract 10.1).</summary>
    private async Task ClassesAsync(Walk walk, DateTimeOffset until, CancellationToken cancellationToken)
    {
        foreach (var motion in HistoryWords.AskedClasses)
        {
            var branch = walk.Trail.Classes.GetValueOrDefault(motion) ?? new HistoryBranch();
            while (walk.IsGoing && walk.ClassPagesLeft > 0 && !branch.Covers(until))
            {
                walk.ClassPagesLeft--;
                branch = await PageAsync(walk, motion, branch, cancellationToken);
            }

            walk.Trail = walk.Trail.With(motion, branch);
            if (!walk.IsGoing || !branch.Covers(until))
            {
                return;
            }
        }

        await merger.SettleClassesAsync(walk.Camera, until, cancellationToken);
    }

    private async Task<HistoryBranch> PageAsync(Walk walk, string? motion, HistoryBranch branch, CancellationToken cancellationToken)
    {
        var request = new RingHistoryRequest(walk.Camera.RingDeviceId, motion is null ? null : RingHistoryTypes.MotionOf(motion), branch.Next);
        var asked = await access.CallAsync(walk.Camera.RingTokenId, (token, ct) => ring.GetHistoryAsync(token, request, walk.Priority, ct), cancellationToken);
        if (!asked.IsSuccess)
        {
            walk.Failure = asked.Failure;
            return branch;
        }

        var page = asked.Value;
        var told = motion is null ? page.Events : [.. page.Events.Select(entry => entry with { SubType = motion })];
        if (await merger.MergeAsync(walk.Camera, told, cancellationToken) is not { } merged)
        {
            walk.IsGone = true;
            return branch;
        }

        var unclear = merged.Where(entry => entry.IsUnclear).ToList();
        walk.Unclear = motion is null && unclear.Count > 0 ? unclear.Min(entry => entry.At) : null;
        walk.HasNews |= merged.Any(entry => entry.IsNew) || (motion is not null && merged.Count > 0);
        return Onwards(walk, branch, page);
    }

    /// <summary>A page that brings nothing older than the one before, or leads to where we were, is the end.</summary>
    private static HistoryBranch Onwards(Walk walk, HistoryBranch branch, RingHistoryPage page)
    {
        var oldest = page.Events.Count > 0 ? page.Events.Min(entry => entry.Start) : branch.Reached;
        var goesBack = branch.Reached is null || oldest <= branch.Reached;
        var isEnded = page.Next is null || !goesBack || oldest < walk.Camera.Floor || !walk.Visited.Add(page.Next);
        return new HistoryBranch(isEnded ? null : page.Next, goesBack ? oldest : branch.Reached, isEnded);
    }

    private sealed class Walk(HistoryCamera camera, RingPriority priority, int pages)
    {
        public HistoryCamera Camera => camera;

        public RingPriority Priority => priority;

        public required HistoryTrail Trail { get; set; }

        public int PagesLeft { get; set; } = pages;

        public int ClassPagesLeft { get; set; } = Math.Max(pages, HistoryWords.AskedClasses.Count);

        public HashSet<string> Visited { get; } = new(StringComparer.Ordinal);

        public bool HasNews { get; set; }

        /// <summary>The oldest motion of the last page whose class nobody knows.</summary>
        public DateTimeOffset? Unclear { get; set; }

        public RingFailure? Failure { get; set; }

        public bool IsGone { get; set; }

        public bool IsGoing => Failure is null && !IsGone;
    }
}
