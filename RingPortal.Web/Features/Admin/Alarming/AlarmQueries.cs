using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Admin;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>What operators see of alarms. Each question uses a scope of its own, because open pages ask again and again.</summary>
internal sealed class AlarmQueries(IServiceScopeFactory scopes)
{
    /// <summary>Alarms on one page.</summary>
    public const int PageSize = 50;

    private const int Most = 500;

    /// <summary>Keys of alarms of which another one tells the number.</summary>
    private static readonly string[] s_parts = [.. AlarmCatalogue.All.Where(kind => kind.IsPartOfAnother).Select(kind => kind.Cause + ".")];

    /// <summary>All that is open, the most urgent first, then the oldest.</summary>
    public async Task<IReadOnlyList<AlarmView>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var open = await Views(context, Shown(context).Where(alarm => alarm.ResolvedAt == null).OrderBy(alarm => alarm.RaisedAt).Take(Most)).ToListAsync(cancellationToken);
        return [.. open.Select(row => row.View).OrderByDescending(alarm => alarm.Level).ThenBy(alarm => alarm.RaisedAt)];
    }

    /// <summary>What was settled, newest first, one more than a page when there is more.</summary>
    public async Task<IReadOnlyList<AlarmView>> ResolvedAsync(DateTimeOffset? before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var settled = Shown(context).Where(alarm => alarm.ResolvedAt != null && (before == null || alarm.ResolvedAt < before)).OrderByDescending(alarm => alarm.ResolvedAt).Take(PageSize + 1);
        return [.. (await Views(context, settled).ToListAsync(cancellationToken)).Select(row => row.View)];
    }

    /// <summary>When an alarm was last settled (UTC); null when none was.</summary>
    public async Task<DateTimeOffset?> LastAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        return await Shown(context).Where(alarm => alarm.ResolvedAt != null).OrderByDescending(alarm => alarm.ResolvedAt).Select(alarm => alarm.ResolvedAt).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>One alarm with its history; null when there is none.</summary>
    public async Task<AlarmDetail?> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await Views(context, context.Alarms.Where(alarm => alarm.Id == id)).SingleOrDefaultAsync(cancellationToken) is not { } found)
        {
            return null;
        }

        var notes = await context.AlarmNotes.AsNoTracking().Where(note => note.AlarmId == id).OrderBy(note => note.At).ThenBy(note => note.Id).Take(Most)
            .Select(note => new AlarmNoteView(note.At, note.Kind, context.Users.Where(user => user.Id == note.StaffUserId).Select(user => user.Email).FirstOrDefault(), note.Text))
            .ToListAsync(cancellationToken);
        return new AlarmDetail(found.View, notes);
    }

    private static IQueryable<Alarm> Shown(RingPortalContext context) =>
        s_parts.Aggregate(context.Alarms.AsNoTracking(), (alarms, part) => alarms.Where(alarm => !alarm.Key.StartsWith(part)));

    private static IQueryable<Row> Views(RingPortalContext context, IQueryable<Alarm> alarms) =>
        alarms.Select(alarm => new Row(alarm, context.Users.Where(user => user.Id == alarm.TakenBy).Select(user => user.Email).FirstOrDefault()));

    private sealed record Row(Alarm Alarm, string? Taker)
    {
        public AlarmView View => new(
            Alarm.Id, Alarm.Key, Alarm.Level, AlarmWords.Of(Alarm.Text), Alarm.RaisedAt, Alarm.LastAt, Alarm.Count, Alarm.ResolvedAt, Taker, Alarm.TakenAt, Alarm.MutedUntil);
    }
}
