using RingPortal.Data;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>What somebody who looks at a camera gets: a picture, the reason why there is none, or both when a newer one is on its way.</summary>
internal sealed record LatestLook(KeptPicture? Picture, MediaNo? No);

/// <summary>
/// The latest picture of each camera. Ring is asked only while a person looks, because each asking marks events as reviewed:
/// after a newer event, or when the answer before is some minutes old. Many who look at once, at whatever instance, ask once.
/// </summary>
internal sealed class LatestPictures(
    SnapshotStore store, MediaDesk desk, LookFlights flights, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_window = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_lookBack = TimeSpan.FromDays(179);

    /// <summary>Looks; waits for whoever asks already.</summary>
    public async Task<LatestLook> LookAsync(MediaCamera camera, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var state = await LookState.ReadAsync(context, camera.Id, cancellationToken);
        var no = state.IsOld(clock.GetUtcNow())
            ? await flights.JoinAsync(camera.Id, () => RefreshAsync(camera, lifetime.ApplicationStopping), cancellationToken)
            : state.No;
        return new LatestLook(await store.LatestAsync(context, camera.Id, cancellationToken), no);
    }

    private async Task<MediaNo?> RefreshAsync(MediaCamera camera, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var (lease, started) = (Guid.NewGuid(), clock.GetTimestamp());
        while (!await LookLease.TakeAsync(context, camera.Id, lease, clock.GetUtcNow(), cancellationToken))
        {
            if (clock.GetElapsedTime(started) > s_patience)
            {
                return new MediaNo(MediaRefusal.NotReady, s_soon);
            }

            await Task.Delay(s_pause, clock, cancellationToken);
            var state = await LookState.ReadAsync(context, camera.Id, cancellationToken);
            if (!state.IsOld(clock.GetUtcNow()))
            {
                return state.No;
            }
        }

        try
        {
            return await AskAsync(context, camera, lease, cancellationToken);
        }
        finally
        {
            await LookLease.ReleaseAsync(context, camera.Id, lease, CancellationToken.None);
        }
    }

    private async Task<MediaNo?> AskAsync(RingPortalContext context, MediaCamera camera, Guid lease, CancellationToken cancellationToken)
    {
        var state = await LookState.ReadAsync(context, camera.Id, cancellationToken);
        var askedAt = clock.GetUtcNow();
        if (!state.IsOld(askedAt))
        {
            return state.No;
        }

        var (picture, no) = await FetchAsync(camera, state.EventAt, askedAt, cancellationToken);
        if (no is { Refusal: MediaRefusal.NotReady or MediaRefusal.TooSlow or MediaRefusal.Unfit or MediaRefusal.Relink })
        {
            // Nothing was learnt about the picture: who looks next asks again.
            return no;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await LookLease.SettleAsync(context, camera.Id, lease, askedAt, no?.Refusal, cancellationToken))
        {
            return new MediaNo(MediaRefusal.NotReady, s_soon);
        }

        if (picture is not null)
        {
            await store.ReplaceLatestAsync(context, camera, picture, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return no;
    }

    private async Task<(NewPicture? Picture, MediaNo? No)> FetchAsync(MediaCamera camera, DateTimeOffset? eventAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = await FetchAsync(camera, new RingImageRequest.LatestInRange(Begin(camera, eventAt, now)), cancellationToken);
        // Nothing today: then the picture of the last event, as long as Ring keeps it.
        return first.No is { Refusal: MediaRefusal.None } && eventAt is { } at && at < now - s_window && at > now - s_lookBack && at >= camera.SharedSince
            ? await FetchAsync(camera, new RingImageRequest.AtTimestamp(at), cancellationToken)
            : first;
    }

    /// <summary>From the last event on, so that nothing else is marked as reviewed; Ring refuses what lies before the consent.</summary>
    private static DateTimeOffset Begin(MediaCamera camera, DateTimeOffset? eventAt, DateTimeOffset now)
    {
        // A minute short of the day, because Ring's clock may differ.
        var day = now - s_window + TimeSpan.FromMinutes(1);
        var since = camera.SharedSince < now ? camera.SharedSince : now.AddSeconds(-1);
        var earliest = since > day ? since : day;
        return eventAt > earliest && eventAt < now ? eventAt.Value : earliest;
    }

    private async Task<(NewPicture? Picture, MediaNo? No)> FetchAsync(MediaCamera camera, RingImageRequest request, CancellationToken cancellationToken)
    {
        var (file, no) = await desk.ImageAsync(camera, request, RingPriority.Interactive, cancellationToken);
        if (file is null)
        {
            return (null, no);
        }

        await using (file)
        {
            try
            {
                return (await NewPicture.ReadAsync(file, cancellationToken), null);
            }
            catch (RingMediaException)
            {
                return (null, new MediaNo(MediaRefusal.Unfit));
            }
        }
    }
}
