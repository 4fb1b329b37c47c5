using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary><c>/v1/accounts/me/app-integrations</c> (contract 3.4-3.6).</summary>
internal static class IntegrationEndpoints
{
    private const string Path = "/v1/accounts/me/app-integrations";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void MapIntegrations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, PostAsync).WithMetadata(new WireOperation(RingOperation.AppIntegrationsPost, Bearer: true));
        routes.MapPatch(Path, PatchAsync).WithMetadata(new WireOperation(RingOperation.AppIntegrationsPatch, Bearer: true));
        routes.MapDelete(Path, (HttpContext context) => context.Refuse(403, "Forbidden", "One-way apps cannot unlink at Ring.", loud: true))
            .WithMetadata(new WireOperation(RingOperation.AppIntegrationsDelete, Bearer: true));
    }

    private static async Task<IResult> PostAsync(HttpContext context, IntegrationDesk desk, IntegrationAnswers answers, CancellationToken cancellationToken)
    {
        var (request, refusal) = await ReadAsync(context, ["nonce", "account_identifier"], cancellationToken);
        if (request is null)
            return refusal!;

        if (string.IsNullOrEmpty(request.Nonce))
            return Missing(context, "nonce is required.");

        return answers.Write(context, desk.Confirm(context.Notes().Caller!.Id, request.Nonce, request.AccountIdentifier), full: false);
    }

    private static async Task<IResult> PatchAsync(
        HttpContext context, IntegrationDesk desk, IntegrationAnswers answers, RingEvents events, CancellationToken cancellationToken)
    {
        var (request, refusal) = await ReadAsync(context, ["status", "account_identifier"], cancellationToken);
        if (request is null)
            return refusal!;

        if (request is { Status: null, AccountIdentifier: null })
            return Missing(context, "status or account_identifier is required.");

        IntegrationStatus? status = request.Status switch
        {
            "completed" => IntegrationStatus.Completed,
            "awaiting" => IntegrationStatus.Awaiting,
            _ => null,
        };
        if (request.Status is not null && status is null)
            return context.Refuse(400, "Invalid Status Transition", "status must be completed or awaiting.", loud: true);

        var outcome = desk.Update(context.Notes().Caller!.Id, status, request.AccountIdentifier);
        if (outcome is IntegrationOutcome.Changed { JustCompleted: true } changed)
            events.Send(changed.Installation.AccountKey, RingEventTypes.AppIntegrationAdded);

        return answers.Write(context, outcome, full: true);
    }

    private static async Task<(IntegrationRequest? Request, IResult? Refusal)> ReadAsync(
        HttpContext context, string[] known, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return (null, Missing(context, "The body is empty."));

        if (!context.Request.HasJsonContentType())
            return (null, context.Refuse(415, "Unsupported Media Type", "The content type must be application/json.", loud: true));

        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, Strict, cancellationToken);
            var (request, problem) = IntegrationRequest.Parse(body.RootElement, known);
            return problem is null ? (request, null) : (null, context.Refuse(400, "Bad Request", problem, loud: true));
        }
        catch (JsonException)
        {
            return (null, context.Refuse(400, "Bad Request", "The body is not JSON.", loud: true));
        }
    }

    private static IResult Missing(HttpContext context, string detail) =>
        context.Refuse(400, "Missing Required Fields", detail, loud: true);
}
