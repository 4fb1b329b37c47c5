using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>Asks all instances while their database is away, and looks at what they say and when.</summary>
internal sealed class OutageDrill(ProofWorld world, RingSender ring, Ledger ledger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>One event at each instance; all must be taken.</summary>
    public async Task AllIsWellAsync(TimeSpan limit) =>
        await Eventually.TrueAsync(async () => (await EachAsync(1)).All(attempt => attempt.IsAcknowledged), limit, $"every instance takes events; {ledger.Statuses}");

    /// <summary>So many events at each instance at one moment.</summary>
    public async Task<IReadOnlyList<Attempt>> EachAsync(int events) =>
        await Task.WhenAll(world.Portals.SelectMany(portal => Enumerable.Range(0, events).Select(_ => ring.PostAsync(world.Mill.Next(), portal.Number))));

    /// <summary>Several callers at each instance, each with one event after the other, for a while.</summary>
    public async Task<IReadOnlyList<Attempt>> AskAsync(int callers, TimeSpan span)
    {
        var end = ledger.Now + span;
        var asked = await Task.WhenAll(world.Portals.SelectMany(portal => Enumerable.Range(0, callers).Select(_ => AskOneAsync(portal.Number, end))));
        return [.. asked.SelectMany(attempts => attempts)];
    }

    /// <summary>How long after this moment each instance takes an event again: the longest of them.</summary>
    public async Task<TimeSpan> RecoveryAsync(TimeSpan limit)
    {
        var began = ledger.Now;
        var each = await Task.WhenAll(world.Portals.Select(async portal =>
        {
            Attempt? last = null;
            await Eventually.TrueAsync(async () => (last = await ring.PostAsync(world.Mill.Next(), portal.Number)).IsAcknowledged, limit, $"portal {portal.Number} takes events again");
            return last!.At + last.Elapsed - began;
        }));
        return each.Max();
    }

    /// <summary>Fails unless all were told to come again: 503, nothing final, and no 200 that nothing stands behind.</summary>
    public static void AllAre503(IReadOnlyCollection<Attempt> attempts) =>
        Assert.True(attempts.All(attempt => attempt.Status == 503), $"Not 503: {attempts.FirstOrDefault(attempt => attempt.Status != 503)}");

    private async Task<IReadOnlyList<Attempt>> AskOneAsync(int portal, TimeSpan end)
    {
        var attempts = new List<Attempt>();
        while (ledger.Now < end)
        {
            attempts.Add(await ring.PostAsync(world.Mill.Next(), portal));
            await Moments.PassAsync(s_pause);
        }

        return attempts;
    }
}
