using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Live;

/// <summary>The end of a live session: <c>DELETE</c> of its address (contract 8.6).</summary>
internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/v1/devices/{id}/media/streaming/whep/sessions/{session}", Delete)
            .WithMetadata(new WireOperation(RingOperation.LiveSessionDelete, Bearer: true));

    private static IResult Delete(string id, string session, HttpContext context, LiveSessions sessions)
    {
        context.Notes().Summary = $"live session of {id}";
        return sessions.Close(context.Notes().Caller!.AccountKey, id, session)
            ? TypedResults.NoContent()
            : context.Refuse(StatusCodes.Status404NotFound, "Not Found", "No such session.");
    }
}
