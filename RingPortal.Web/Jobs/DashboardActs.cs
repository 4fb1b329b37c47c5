using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Audit;

namespace RingPortal.Web.Jobs;

/// <summary>
/// What staff does in Hangfire's own dashboard: only with a fresh second factor, and never without a record. Hangfire stores by
/// itself, so the record follows the act; what needs a reason is done on our own pages.
/// </summary>
internal static class DashboardActs
{
    private const int LongestTarget = 100;

    /// <summary>Whether the dashboard shows its buttons and does what they say.</summary>
    public static bool MayAct(HttpContext http) =>
        StaffMember.Of(http.User)?.MayAct(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()) is true;

    /// <summary>Puts the record behind each act of the dashboard.</summary>
    public static void Record(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } next)
        {
            endpoint.RequestDelegate = http => RunAsync(http, next);
        }
    }

    private static async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        // Hangfire answers an act that it did with 204, and its figures, which are posted for too, with 200.
        if (HttpMethods.IsPost(http.Request.Method) && http.Response.StatusCode == StatusCodes.Status204NoContent && StaffMember.Of(http.User) is { } staff)
        {
            await AddAsync(http, staff);
        }
    }

    private static async Task AddAsync(HttpContext http, StaffMember staff)
    {
        await using var scope = http.RequestServices.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var target = $"dashboard:{http.Request.Path}";
        var entry = new AuditEntry("job.dashboard", AuditActor.Staff) { ActorUserId = staff.UserId, Target = target[..Math.Min(target.Length, LongestTarget)] };
        // Who closed the page meanwhile has done it all the same.
        await scope.ServiceProvider.GetRequiredService<AuditTrail>().AddAsync(context, entry, CancellationToken.None);
        await context.SaveChangesAsync(CancellationToken.None);
    }
}
