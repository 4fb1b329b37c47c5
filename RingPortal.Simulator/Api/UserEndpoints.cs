using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.State;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary><c>GET /v1/users/me</c> (contract 3.3).</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/users/me", Me).WithMetadata(new WireOperation(RingOperation.UsersMe, Bearer: true));

    private static IResult Me(HttpContext context, RingStore store)
    {
        var account = store.Read(state => state.Accounts[context.Notes().Caller!.AccountKey]);
        context.Notes().Summary = account.FullName;
        return RingJson.Answer(new UserAnswer(new("users", account.AccountId, new(account.FirstName, account.LastName, account.Email, account.Phone))));
    }
}
