using System.Security.Claims;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Features.Audit.Export;

/// <summary><c>/admin/audit/exports/{id}</c>: hands out, once, what was asked for on the page.</summary>
internal static class AuditExportEndpoint
{
    /// <summary>Carries the digest behind the body, where the protocol has room for it.</summary>
    public const string DigestTrailer = "X-Content-SHA256";

    public static void MapAuditExports(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/audit/exports/{id:guid}", HandOutAsync).RequireAuthorization(StaffPolicies.Act);

    private static async Task<IResult> HandOutAsync(Guid id, ClaimsPrincipal person, AuditExports exports, CancellationToken cancellationToken) =>
        StaffMember.Of(person) is { } staff && await exports.OrderAsync(id, staff.UserId, cancellationToken) is { } order
            ? new Result(id, staff.UserId, order, exports)
            : TypedResults.NotFound();

    private sealed class Result(Guid id, Guid userId, AuditExportOrder order, AuditExports exports) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            var (type, ending) = order.Form is AuditExportForm.Csv ? ("text/csv; charset=utf-8", "csv") : ("application/jsonl; charset=utf-8", "jsonl");
            response.ContentType = type;
            response.Headers.ContentDisposition = $"attachment; filename=\"audit-{id}.{ending}\"";
            response.Headers.CacheControl = "no-store";
            if (response.SupportsTrailers())
            {
                response.DeclareTrailer(DigestTrailer);
            }

            var stream = ActivatorUtilities.CreateInstance<AuditExportStream>(httpContext.RequestServices);
            try
            {
                var exported = await stream.WriteAsync(order, response.BodyWriter, httpContext.RequestAborted);
                // Before the last byte is out: who has all of it finds its digest in the trail.
                await exports.DoneAsync(id, userId, exported, CancellationToken.None);
                if (response.SupportsTrailers())
                {
                    response.AppendTrailer(DigestTrailer, exported.Sha256);
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The reader has left; nothing was handed out whole, and it may be fetched again.
            }
        }
    }
}
