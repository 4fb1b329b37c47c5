using Microsoft.AspNetCore.Http.HttpResults;
using RingPortal.Web.Account;
using RingPortal.Web.Components;
using RingPortal.Web.Components.Layout;
using RingPortal.Web.Features.Erasure.Pages;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Erasure;

/// <summary>Deleting one's account: a page that asks, the act, and a page that says that it is done (look 4.11).</summary>
internal static class ErasureEndpoints
{
    public const string Path = "/Account/Delete";
    public const string Deleted = "/Account/Deleted";

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup(Path).RequireAuthorization();
        page.MapMethods("", s_reading, AskAsync);
        page.MapPost("", DeleteAsync).AddEndpointFilter<FormGuard>();
        routes.MapMethods(Deleted, s_reading, Show).AllowAnonymous();
    }

    private static async Task<IResult> AskAsync(
        HttpContext http, SignIns signIns, ErasureQueries queries, Texts texts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var person = await signIns.CurrentAsync(http, cancellationToken);
        return person is null ? TypedResults.Unauthorized()
            : !person.IsFresh(clock.GetUtcNow()) ? SignInAgain()
            : await queries.ViewAsync(person.UserId, cancellationToken) is { } view ? Page(texts, view)
            : TypedResults.NotFound();
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, SignIns signIns, KnownEmail known, ErasureRequests requests, ErasureQueries queries, Texts texts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var person = await signIns.CurrentAsync(http, cancellationToken);
        if (person?.IsFresh(clock.GetUtcNow()) is not true)
        {
            return SignInAgain();
        }

        var typed = (await http.Request.ReadFormAsync(cancellationToken))["email"].ToString();
        if (await requests.BeginAsync(person.UserId, typed, cancellationToken) is not ErasureAnswer.Begun)
        {
            return await queries.ViewAsync(person.UserId, cancellationToken) is { } view ? Page(texts, view, typed) : TypedResults.NotFound();
        }

        await signIns.EndAsync(http, cancellationToken);
        known.Forget(http);
        return TypedResults.LocalRedirect(Deleted, permanent: false, preserveMethod: false);
    }

    private static IResult Show(Texts texts) => StaticPage.Result<DeletedPage>(texts["acc.erased.title"]);

    private static RedirectHttpResult SignInAgain() => TypedResults.LocalRedirect($"/Account/Login?again=true&returnUrl={Uri.EscapeDataString(Path)}");

    private static IResult Page(Texts texts, ErasureView view, string? refused = null) => StaticPage.Result<DeletePage>(
        texts["acc.erase.action"],
        new Dictionary<string, object?> { [nameof(DeletePage.View)] = view, [nameof(DeletePage.Refused)] = refused },
        refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        typeof(ConsumerShell));
}
