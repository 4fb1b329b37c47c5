using RingPortal.Simulator.Backend;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Hosting;

/// <summary>What the simulated cloud is started with; each property is the setting <c>Simulator:{name}</c>.</summary>
public sealed class RingCloudOptions
{
    /// <summary>The configuration section of these options.</summary>
    public const string Section = "Simulator";

    /// <summary>Where it listens. Port 0 on 127.0.0.1 takes a free port.</summary>
    public string Urls { get; set; } = "http://localhost:5190";

    /// <summary>
    /// Where the host of pictures and clips listens; told to the partner with the name by which it reaches the cloud, and this port.
    /// <see langword="null"/> is port 5191 beside the usual <see cref="Urls"/>, else a free one.
    /// </summary>
    public string? MediaUrl { get; set; }

    /// <summary>Base address of the partner; can be changed after the start through <see cref="RingSettings.PortalUrl"/>.</summary>
    public string PortalUrl { get; set; } = "http://localhost:5180";

    /// <summary>Path of the partner's Token Exchange URL.</summary>
    public string TokenExchange { get; set; } = "/ring/token";

    /// <summary>Path of the partner's Account Link URL.</summary>
    public string AccountLink { get; set; } = "/ring/link";

    /// <summary>Path of the partner's Webhook URL.</summary>
    public string Webhook { get; set; } = "/ring/webhook";

    /// <summary>Path of the partner's App Homepage URL.</summary>
    public string Homepage { get; set; } = "/ring/config";

    /// <summary>The client id that the partner must present.</summary>
    public string ClientId { get; set; } = "ringportal-dev-client";

    /// <summary>The client secret that the partner must present.</summary>
    public string ClientSecret { get; set; } = "dev-client-secret-5c1f8e42";

    /// <summary>Signs link nonces and webhooks. Text, never Base64-decoded (contract 0.4).</summary>
    public string HmacKey { get; set; } = "ZGV2LWhtYWMta2V5LWZvci1sb2NhbC1zaW11bGF0b3I=";

    /// <summary>A folder, or a file ending in <c>.json</c>, that keeps the state between starts; <see langword="null"/> keeps it in memory.</summary>
    public string? DataPath { get; set; }

    /// <summary>The folder into which the portal writes its e-mails as <c>*.eml</c>; <see langword="null"/> shows none.</summary>
    public string? MailFolder { get; set; }

    /// <summary>Life of an authorization code in seconds (contract 6.1).</summary>
    public int CodeSeconds { get; set; } = 60;

    /// <summary>Life of a link nonce in seconds (contract 1.5).</summary>
    public int NonceSeconds { get; set; } = 600;

    /// <summary>Life of an access token in seconds; told as <c>expires_in</c>.</summary>
    public int AccessTokenSeconds { get; set; } = 14_400;

    /// <summary>Life of a refresh token in days.</summary>
    public int RefreshTokenDays { get; set; } = 30;

    /// <summary>Requests a second that one client may make over all endpoints (contract 7.3).</summary>
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>Shortens or stretches Ring's pauses between webhook attempts; 0.01 makes 36 seconds of an hour.</summary>
    public double ScheduleFactor { get; set; } = 1;

    /// <summary>Other pauses than Ring's between webhook attempts, in milliseconds, not scaled; <see langword="null"/> for Ring's.</summary>
    public int[]? WebhookRetryMilliseconds { get; set; }

    /// <summary>How many webhook attempts may be under way at once.</summary>
    public int WebhookConcurrency { get; set; } = 32;

    /// <summary>How many deliveries the log keeps; those that wait or can be replayed are kept beyond.</summary>
    public int DeliveriesKept { get; set; } = 100_000;

    /// <summary>Minutes between two stills that each camera stores; 0 stores none.</summary>
    public double SnapshotMinutes { get; set; } = 10;

    /// <summary>What becomes of a refresh token when it is used.</summary>
    public RotationMode Rotation { get; set; } = RotationMode.Strict;

    /// <summary>How answers of app-integrations look.</summary>
    public AnswerShape AnswerShape { get; set; } = AnswerShape.Flat;

    /// <summary>How the code is sent to the partner.</summary>
    public BodyVariant BodyVariant { get; set; } = BodyVariant.V1Form;

    /// <summary>Whether <c>device_added</c> goes out before or after the code.</summary>
    public DeviceOrder DeviceOrder { get; set; } = DeviceOrder.AfterExchange;

    /// <summary>Writes every call to the console as well.</summary>
    public bool ConsoleLog { get; set; }

    internal string MediaAddress => MediaUrl ?? (Urls == "http://localhost:5190" ? "http://localhost:5191" : "http://127.0.0.1:0");

    /// <summary>Options for tests: free ports on 127.0.0.1, nothing kept on disk, quick webhook retries, no stills that come by themselves.</summary>
    public static RingCloudOptions ForTests() =>
        new() { Urls = "http://127.0.0.1:0", PortalUrl = "http://127.0.0.1:9", WebhookRetryMilliseconds = [20, 50, 100], SnapshotMinutes = 0 };
}
