using System.Text;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Tokens.Intake;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The Token Exchange URL with calls that carry no code: nothing is stored, and Ring is not asked.</summary>
internal sealed class TokenAddressCheck(OutsideCaller caller) : ICertificationCheck
{
    public string Item => "before.oauth.answers";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var plain = await caller.GetAsync(TokenIntakeEndpoints.Path, null, cancellationToken);
        var form = await PostAsync(new FormUrlEncodedContent([new("state", "check")]), cancellationToken);
        var json = await PostAsync(new StringContent("{\"state\":\"check\"}", Encoding.UTF8, "application/json"), cancellationToken);
        string?[] wrong =
        [
            plain.Status == StatusCodes.Status405MethodNotAllowed ? null : $"GET should answer 405, seen {plain.Words}",
            Refused(form) ? null : $"a form without a code should answer 400 missing_code, seen {form.Words}",
            Refused(json) ? null : $"JSON without a code should answer 400 missing_code, seen {json.Words}",
        ];
        return CheckFinding.Of(wrong, $"GET {plain.Words}; a form without a code {form.Words}; JSON without a code {json.Words}");
    }

    private static bool Refused(OutsideReply reply) => reply.Status == StatusCodes.Status400BadRequest && reply.Body.Contains("missing_code", StringComparison.Ordinal);

    private Task<OutsideReply> PostAsync(HttpContent content, CancellationToken cancellationToken) =>
        caller.SendAsync(new HttpRequestMessage(HttpMethod.Post, caller.Address(TokenIntakeEndpoints.Path)) { Content = content }, cancellationToken);
}
