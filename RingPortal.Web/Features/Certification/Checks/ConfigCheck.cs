using System.Text.Json;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Linking;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The config URL in both its forms (contract 2.5).</summary>
internal sealed class ConfigCheck(OutsideCaller caller) : ICertificationCheck
{
    public string Item => "before.config";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string?>();
        var words = new List<string>();
        foreach (var accept in new[] { "application/json", "*/*", null })
        {
            var reply = await caller.GetAsync(ConfigEndpoint.Path, accept, cancellationToken);
            words.Add($"Accept {accept ?? "left out"}: {reply.Words}");
            wrong.Add(JudgeDocument(reply) is { } fault ? $"Accept {accept ?? "left out"}: {fault}" : null);
        }

        var page = await caller.GetAsync(ConfigEndpoint.Path, "text/html,application/xhtml+xml", cancellationToken);
        words.Add($"a browser: {page.Words}");
        wrong.Add(page is { Status: 200, IsPage: true } ? null : $"a browser should get a page: {page.Words}");
        return CheckFinding.Of(wrong, string.Join("; ", words));
    }

    private string? JudgeDocument(OutsideReply reply)
    {
        if (reply is not { Status: 200, MediaType: "application/json" })
        {
            return $"200 with JSON is wanted, seen {reply.Words}";
        }

        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            return JudgeContent(document.RootElement) ?? (reply.Vary.Contains("Accept", StringComparison.OrdinalIgnoreCase) ? null : "the header Vary: Accept is missing, so a cache may mix up page and JSON");
        }
        catch (JsonException)
        {
            return "the answer is no valid JSON";
        }
    }

    private string? JudgeContent(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("status", out var status) || status.ValueKind is not JsonValueKind.String || status.GetString() != "ok")
        {
            return "the document does not say status ok";
        }

        var link = root.TryGetProperty("links", out var links) && links.ValueKind is JsonValueKind.Object && links.TryGetProperty("account_link", out var named) && named.ValueKind is JsonValueKind.String
            ? named.GetString()
            : null;
        var served = caller.Address(LinkEndpoints.Arrival).ToString();
        return link == served ? null : $"the document names another Account Link URL than {served}";
    }
}
