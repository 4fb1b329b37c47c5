using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit.Desk;

/// <summary>The one meaning of a filter: what the list shows and what an export holds.</summary>
internal static class AuditMatching
{
    public static IQueryable<AuditRecord> Matching(this RingPortalContext context, AuditFilter filter)
    {
        var rows = context.AuditRecords.AsNoTracking();
        if (filter.From is { } from)
        {
            rows = rows.Where(row => row.At >= from);
        }

        if (filter.To is { } to)
        {
            rows = rows.Where(row => row.At < to);
        }

        if (filter.Kind is { } kind)
        {
            rows = rows.Where(row => row.Actor == kind);
        }

        if (filter.Actor is { } actor)
        {
            rows = rows.Where(row => row.ActorId == actor);
        }

        if (filter.Action is { } action)
        {
            rows = rows.Where(row => row.Action == action);
        }

        if (filter.Target is { } target)
        {
            rows = rows.Where(row => row.Target == target);
        }

        return filter.Subject is { } subject ? rows.Where(row => row.SubjectId == subject) : rows;
    }

    /// <summary>What comes before a place when the newest is first.</summary>
    public static IQueryable<AuditRecord> Older(this IQueryable<AuditRecord> rows, AuditPlace place) =>
        rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.At, row.Id), ValueTuple.Create(place.At, place.Id)));

    /// <summary>What comes after it.</summary>
    public static IQueryable<AuditRecord> Newer(this IQueryable<AuditRecord> rows, AuditPlace place) =>
        rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.At, row.Id), ValueTuple.Create(place.At, place.Id)));
}
