using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.OAuth;

/// <summary><c>POST /oauth/token</c>: a form and nothing else (contract 3.1, 3.2).</summary>
internal static class OAuthEndpoints
{
    private const string Scope = "ava.devices";
    private static readonly HashSet<string> Known = ["grant_type", "client_id", "client_secret", "code", "code_verifier", "refresh_token"];

    public static void MapOAuth(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/oauth/token", TokenAsync).WithMetadata(new WireOperation(RingOperation.Token, Bearer: false));

    private static async Task<IResult> TokenAsync(HttpContext context, TokenDesk desk, RingCloudOptions options, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type))
            return Refuse(context, 400, "invalid_request", "The content type is missing.", loud: true);

        if (type.MediaType != "application/x-www-form-urlencoded")
            return Refuse(context, 415, "invalid_request", $"{type.MediaType} is not a form.", loud: true);

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException wrong)
        {
            return Refuse(context, 400, "invalid_request", wrong.Message, loud: true);
        }

        if (form.Keys.FirstOrDefault(key => !Known.Contains(key)) is { } stranger)
            return Refuse(context, 400, "invalid_request", $"The field {stranger} is not known.", loud: true);

        if (form.FirstOrDefault(field => field.Value.Count > 1).Key is { } twice)
            return Refuse(context, 400, "invalid_request", $"The field {twice} is sent twice.", loud: true);

        if (!Secret.Same(options.ClientId, form["client_id"]) || !Secret.Same(options.ClientSecret, form["client_secret"]))
            return Refuse(context, 401, "invalid_client", "The client id or secret is wrong.", loud: true);

        return Grant(context, desk, form);
    }

    private static IResult Grant(HttpContext context, TokenDesk desk, IFormCollection form)
    {
        var grantType = form["grant_type"].ToString();
        var (field, value) = grantType switch
        {
            "authorization_code" => ("code", form["code"]),
            "refresh_token" => ("refresh_token", form["refresh_token"]),
            _ => ("", StringValues.Empty),
        };
        if (field.Length == 0)
            return Refuse(context, 400, "unsupported_grant_type", $"grant_type '{grantType}' is not known.", loud: true);

        if (StringValues.IsNullOrEmpty(value))
            return Refuse(context, 400, "invalid_request", $"The field {field} is missing.", loud: true);

        return Answer(context, field == "code" ? desk.Redeem(value!, form["code_verifier"]) : desk.Refresh(value!), $"{field} {Secret.Hint(value)}");
    }

    private static IResult Answer(HttpContext context, OAuthOutcome outcome, string what)
    {
        var notes = context.Notes();
        switch (outcome)
        {
            case OAuthOutcome.Granted granted:
                notes.Account = granted.AccountKey;
                notes.Summary = $"{what} gave access {Secret.Hint(granted.AccessToken)}, refresh {Secret.Hint(granted.RefreshToken)}";
                return RingJson.Answer(new TokenAnswer(granted.AccessToken, granted.RefreshToken, granted.ExpiresIn, "Bearer", Scope));
            case OAuthOutcome.Refused refused:
                notes.Account = refused.AccountKey;
                return Refuse(context, 400, "invalid_grant", refused.Why);
            default:
                throw new InvalidOperationException("The token desk answers nothing else.");
        }
    }

    private static IResult Refuse(HttpContext context, int status, string error, string description, bool loud = false)
    {
        var notes = context.Notes();
        notes.Summary = $"{error}: {description}";
        notes.Loud |= loud;
        return RingJson.Answer(new OAuthErrorAnswer(error, description), status);
    }
}
