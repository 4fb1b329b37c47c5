using RingPortal.Web.Account;
using RingPortal.Web.Components;
using RingPortal.Web.Components.Layout;
using RingPortal.Web.Features.Linking.Pages;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Linking;

/// <summary>The person's Ring accounts: see them, disconnect one, undo a connection (look 4.12).</summary>
internal static class RingAccountEndpoints
{
    public const string List = "/Account/RingAccounts";

    public static void Map(IEndpointRouteBuilder routes, IEnumerable<string> methods)
    {
        var accounts = routes.MapGroup(List).RequireAuthorization();
        accounts.MapMethods("", methods, ShowAsync);
        accounts.MapMethods("/{id:guid}/Disconnect", methods, AskAsync);
        accounts.MapPost("/{id:guid}/Disconnect", DisconnectAsync).AddEndpointFilter<FormGuard>();
    }

    public static string DisconnectPath(Guid ringTokenId) => $"{List}/{ringTokenId}/Disconnect";

    private static async Task<IResult> ShowAsync(HttpContext http, SignIns signIns, RingAccountQueries queries, Texts texts, CancellationToken cancellationToken)
    {
        var person = await signIns.CurrentAsync(http, cancellationToken);
        return person is null
            ? TypedResults.Unauthorized()
            : Page<RingAccountsPage>(
                texts["acc.ring.title"],
                (nameof(RingAccountsPage.Accounts), await queries.OfAsync(person.UserId, cancellationToken)),
                (nameof(RingAccountsPage.Zone), await queries.ZoneAsync(person.UserId, cancellationToken)));
    }

    private static async Task<IResult> AskAsync(Guid id, HttpContext http, SignIns signIns, RingAccountQueries queries, Texts texts, CancellationToken cancellationToken)
    {
        var person = await signIns.CurrentAsync(http, cancellationToken);
        var account = person is null ? null : await queries.OneAsync(id, person.UserId, cancellationToken);
        return account is null
            ? TypedResults.NotFound()
            : Page<DisconnectPage>(texts["acc.disconnect.action"], (nameof(DisconnectPage.Account), account));
    }

    private static async Task<IResult> DisconnectAsync(
        Guid id, HttpContext http, SignIns signIns, RingAccountQueries queries, LinkDisconnect disconnect, Texts texts, CancellationToken cancellationToken)
    {
        var person = await signIns.CurrentAsync(http, cancellationToken);
        var account = person is null ? null : await queries.OneAsync(id, person.UserId, cancellationToken);
        if (account is null || !await disconnect.DisconnectAsync(id, person!.UserId, cancellationToken))
        {
            return TypedResults.NotFound();
        }

        return Page<DisconnectedPage>(texts["link.undone.title"], (nameof(DisconnectedPage.MaskedAccount), account.MaskedAccount));
    }

    private static IResult Page<TPage>(string title, params (string Name, object? Value)[] parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        StaticPage.Result<TPage>(title, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), layout: typeof(ConsumerShell));
}
