namespace RingPortal.Web.Hosting;

/// <summary>
/// Categories that would write addresses, and so Ring's nonce or the secret that ends e-mails, into a log. They are off for every
/// provider whatever the settings say; arrivals and metrics tell what operators need.
/// </summary>
internal static class NeverLogged
{
    private static readonly string[] s_categories =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.Routing.Matching",
        "Microsoft.AspNetCore.Server.Kestrel.Connections",
    ];

    public static void Apply(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // A provider's own rule beats a general one, so each provider that has rules gets these too.
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        foreach (var rule in providers.SelectMany(provider => s_categories.Select(category => new LoggerFilterRule(provider, category, LogLevel.None, null))))
        {
            options.Rules.Add(rule);
        }
    });
}
