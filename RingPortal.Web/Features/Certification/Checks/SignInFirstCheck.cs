using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Linking;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>With a good request from Ring but without a sign-in nothing is matched and nothing can be agreed to (contract 2.2).</summary>
internal sealed class SignInFirstCheck(OutsideCaller caller, TimeProvider clock) : ICertificationCheck
{
    public string Item => "behave.signin";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var arrival = await caller.GetAsync(LinkPageCheck.Request(LinkPageCheck.RandomNonce(), clock.GetUtcNow()), "text/html", cancellationToken);
        if (!arrival.LeadsTo(LinkEndpoints.Continue) || arrival.Cookies.Count == 0)
        {
            return CheckFinding.Failed($"A good request should lead to {LinkEndpoints.Continue} with a cookie, seen {arrival.Words}");
        }

        var look = await SendAsync(HttpMethod.Get, LinkEndpoints.Confirm, arrival, cancellationToken);
        var agree = await SendAsync(HttpMethod.Post, LinkEndpoints.Confirm, arrival, cancellationToken);
        string?[] wrong =
        [
            look.LeadsTo(LinkEndpoints.Continue) ? null : $"the consent page should lead back to the sign-in, seen {look.Words}",
            agree.LeadsTo(LinkEndpoints.Continue) ? null : $"agreeing should lead back to the sign-in, seen {agree.Words}",
        ];
        return CheckFinding.Of(wrong, $"Without a sign-in the consent page answers {look.Words}, and agreeing {agree.Words}");
    }

    private Task<OutsideReply> SendAsync(HttpMethod method, string path, OutsideReply arrival, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, caller.Address(path));
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", arrival.Cookies));
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent([]);
        }

        return caller.SendAsync(request, cancellationToken);
    }
}
