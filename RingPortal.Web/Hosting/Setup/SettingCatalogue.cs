namespace RingPortal.Web.Hosting.Setup;

/// <summary>Every setting of the portal, in the order in which an operator meets them. The tests hold it against the options in the code and against docs/operations.md.</summary>
internal static class SettingCatalogue
{
    public static IReadOnlyList<SettingGroup> Groups { get; } =
    [
        new("Where the portal lives",
        [
            new("Portal__PublicUrl", "The HTTPS origin that Ring and people know.", "https://portal.example.com", Required: true),
            new("Network__KnownProxies", "Addresses or networks of the proxies in front, separated by commas: only their forwarded headers count.", "172.16.0.0/12"),
            new("ASPNETCORE_URLS", "Where the portal listens for the proxy.", "http://+:8080"),
            new("Management__Urls", "Where it answers operators: /metrics and /health/deps. Never to be reached through the proxy.", "http://+:8081"),
        ]),
        new("Database",
        [
            new("ConnectionStrings__Portal", "PostgreSQL as the portal's role, which may change rows but neither the schema nor audit records.", "Host=postgres;Database=ringportal;Username=ringportal_app;Password=", Required: true),
            new("ConnectionStrings__Migrator", "PostgreSQL as the role that owns the schema. Only \"migrate\" needs it; the portal must not have it."),
        ]),
        new("Ring",
        [
            new("Ring__ClientId", "Client id of the app at Ring.", Required: true),
            new("Ring__ClientSecret", "Its secret.", Required: true),
            new("Ring__HmacKey", "The key that signs webhooks and nonces, as text: it is never decoded.", Required: true),
            new("Ring__PreviousHmacKey", "The key before, accepted while a new one is introduced."),
            new("Ring__ApiBaseUrl", "Ring's API.", "https://api.amazonvision.com"),
            new("Ring__OAuthTokenUrl", "Ring's token address.", "https://oauth.ring.com/oauth/token"),
            new("Ring__MediaHosts", "Hosts that pictures and recordings may come from.", "*.amazonvision.com,*.amazonaws.com,*.ring.com"),
            new("Ring__MaxRequestsPerSecond", "Calls to Ring a second by all instances together; Ring allows 100.", "90"),
        ]),
        new("Keys",
        [
            new("Vault__Keys__0", "Base64 of 32 bytes; seals tokens. The first key seals, all open.", Required: true),
            new("Audit__SealKeys__0", "Base64 of 32 bytes; seals the audit trail. To be kept where the database is not.", Required: true),
            new("DataProtection__CertificatePath", "PKCS#12 file that protects the key ring of cookies.", "/keys/dataprotection.pfx", Required: true),
            new("DataProtection__CertificatePassword", "Its password."),
            new("DataProtection__PreviousCertificatePath", "The certificate before, with the same password, so that what it protects still opens."),
        ]),
        new("Branding",
        [
            new("Portal__AppName", "The product's name; neither \"Ring\" nor \"Amazon\" may be a word of it.", "Fairview"),
            new("Portal__SupportEmail", "Where people write for help."),
            new("Portal__PrivacyUrl", "Your privacy text; the portal's own is shown without it."),
            new("Portal__TermsUrl", "Your terms; the portal's own are shown without it."),
            new("Portal__LogoPath", "Square logo, SVG or PNG file."),
            new("Portal__LogoDarkPath", "The same for dark pages."),
            new("Portal__PrimaryColor", "Brand colour.", "#2B4C9B"),
        ]),
        new("Administrator and e-mail",
        [
            new("Admin__Email", "The first administrator, made once if absent."),
            new("Admin__Password", "Its first password; take it away once it is changed."),
            new("Smtp__Host", "Mail server.", Required: true),
            new("Smtp__Port", "Its port.", "587"),
            new("Smtp__User", "Account there."),
            new("Smtp__Password", "Its password."),
            new("Smtp__From", "Sender of all messages.", Required: true),
            new("Smtp__Security", "Auto, StartTls, Tls or None.", "Auto"),
            new("Smtp__Folder", "Development only: where messages appear as files instead."),
            new("Notifications__OfflineMails", "Whether people may have e-mails about cameras that go offline.", "false"),
        ]),
        new("Limits",
        [
            new("Linking__NonceWindowSeconds", "How long Ring's link address counts (s).", "600"),
            new("Linking__ClockSkewSeconds", "How far ahead its time may be (s).", "0"),
            new("Pool__RetentionMinutes", "How long unclaimed tokens are kept (min).", "15"),
            new("Pool__AlarmSize", "Alarm when more are unclaimed.", "1000"),
            new("Pool__AlarmAgeMinutes", "Alarm when one is older (min).", "35"),
            new("Subscriptions__Gate", "Off, or On: cameras need a plan at Ring.", "Off"),
            new("Subscriptions__BypassEmails__0", "Accounts that need none, for Ring's reviewers."),
        ]),
        new("Retention (days)",
        [
            new("Inbox__RetentionDays", "Settled deliveries.", "30"),
            new("Arrivals__RetentionDays", "Calls to the addresses that Ring knows.", "14"),
            new("Events__RetentionDays", "Timelines.", "60"),
            new("Snapshots__RetentionDays", "Pictures.", "30"),
            new("Audit__RetentionDays", "The audit trail.", "365"),
        ]),
        new("Alarms",
        [
            new("Alarms__Email", "Where alarms are written to."),
            new("Alarms__WebhookUrl", "Where alarms are posted as JSON."),
        ]),
        new("Listing at Ring",
        [
            new("Listing__Name", "The app's name as registered; the certification page compares it."),
            new("Listing__Description", "Its description."),
            new("Listing__Tags__0", "Its tags."),
            new("Listing__Features__0", "Its features."),
            new("Listing__Scopes__0", "The scopes it asks for.", "ava.devices"),
            new("Listing__LogoPath", "The logo as uploaded, a PNG of 512 x 512."),
        ]),
        new("Observability",
        [
            new("OTEL_EXPORTER_OTLP_ENDPOINT", "Where traces, metrics and logs go by OTLP; nothing is sent without it.", "http://collector:4317"),
        ]),
        new("Development only",
        [
            new("Embedded__DataPath", "Folder of the embedded database and of keys that are made by themselves."),
            new("Embedded__BinDir", "PostgreSQL's programs, where they are not found."),
        ]),
    ];

    public static IEnumerable<PortalSetting> All => Groups.SelectMany(group => group.Settings);
}
