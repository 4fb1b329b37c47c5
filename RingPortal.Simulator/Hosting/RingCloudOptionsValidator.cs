namespace RingPortal.Simulator.Hosting;

/// <summary>Finds every wrong setting at once; each sentence names its key.</summary>
internal static class RingCloudOptionsValidator
{
    public static IReadOnlyList<string> Problems(RingCloudOptions options)
    {
        var problems = new List<string>();
        foreach (var url in options.Urls.Split(';'))
            Check(IsHttp(url), "Urls", "must be http addresses such as http://localhost:5190, separated by semicolons");

        Check(IsHttp(options.MediaAddress), "MediaUrl", "must be an http address such as http://localhost:5191");
        Check(IsHttp(options.PortalUrl), "PortalUrl", "must be the portal's http(s) address, such as http://localhost:5180");
        CheckPath(options.TokenExchange, "TokenExchange");
        CheckPath(options.AccountLink, "AccountLink");
        CheckPath(options.Webhook, "Webhook");
        CheckPath(options.Homepage, "Homepage");
        CheckText(options.ClientId, "ClientId");
        CheckText(options.ClientSecret, "ClientSecret");
        CheckText(options.HmacKey, "HmacKey");
        CheckPositive(options.CodeSeconds, "CodeSeconds");
        CheckPositive(options.NonceSeconds, "NonceSeconds");
        CheckPositive(options.AccessTokenSeconds, "AccessTokenSeconds");
        CheckPositive(options.RefreshTokenDays, "RefreshTokenDays");
        CheckPositive(options.RequestsPerSecond, "RequestsPerSecond");
        CheckPositive(options.DeliveriesKept, "DeliveriesKept");
        Check(options.SnapshotMinutes >= 0, "SnapshotMinutes", "must not be negative");
        Check(options.WebhookRetryMilliseconds?.All(pause => pause >= 0) != false, "WebhookRetryMilliseconds", "must not be negative");
        Check(options.WebhookConcurrency is > 0 and <= 10_000, "WebhookConcurrency", "must be from 1 to 10000");
        Check(options.ScheduleFactor is > 0 and <= 100, "ScheduleFactor", "must be greater than 0 and at most 100");
        return problems;

        void CheckText(string value, string key) => Check(!string.IsNullOrWhiteSpace(value), key, "must not be empty");
        void CheckPositive(int value, string key) => Check(value > 0, key, "must be greater than zero");
        void CheckPath(string value, string key) => Check(value.StartsWith('/'), key, "must be a path that starts with /");
        void Check(bool good, string key, string rule)
        {
            if (!good)
                problems.Add($"{RingCloudOptions.Section}:{key} {rule}.");
        }
    }

    private static bool IsHttp(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
