using Microsoft.Extensions.Primitives;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Media;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary>Lets only living access tokens in; users/me answers 403 where the others answer 401 (contract 3.3).</summary>
internal sealed class BearerDoor(RequestDelegate next, TokenDesk desk)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<WireOperation>() is not { Bearer: true } wire)
        {
            await next(context);
            return;
        }

        if (Caller(context.Request.Headers.Authorization) is not { } caller)
        {
            await RefuseAsync(context, wire);
            return;
        }

        context.Notes().Caller = caller;
        context.Notes().Account = caller.AccountKey;
        await next(context);
    }

    private Installation? Caller(StringValues header) =>
        header is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? desk.Authenticate(value[Scheme.Length..])
            : null;

    private static Task RefuseAsync(HttpContext context, WireOperation wire) => wire.Operation == RingOperation.UsersMe
        ? context.RefuseAsync(StatusCodes.Status403Forbidden, "Forbidden", "Not authenticated.")
        : MediaErrors.Has(wire.Operation)
        ? context.RefuseMedia(StatusCodes.Status401Unauthorized, "The access token is missing, malformed, expired or revoked.").ExecuteAsync(context)
        : context.RefuseAsync(StatusCodes.Status401Unauthorized, "Invalid Client", "The access token is missing, malformed, expired or revoked.");
}
