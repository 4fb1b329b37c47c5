using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.Media;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Hosting;

/// <summary>What may be changed while the cloud runs, from the page and from tests.</summary>
public sealed class RingSettings(RingCloudOptions options)
{
    private volatile Uri portalUrl = new(options.PortalUrl);
    private volatile WebhookSettings webhooks = WebhookSettings.Of(options);
    private readonly Replaced<LiveSettings> live = new(new(), settings => settings.Problems());
    private readonly Replaced<MediaSettings> media = new(MediaSettings.Of(options), settings => settings.Problems());
    private readonly Replaced<HistorySettings> history = new(new(), settings => settings.Problems());
    private volatile string hmacKey = options.HmacKey;

    /// <summary>Base address of the partner.</summary>
    public Uri PortalUrl
    {
        get => portalUrl;
        set => portalUrl = value is { IsAbsoluteUri: true, Scheme: "http" or "https" } ? value : throw new ArgumentException("The portal's address must be absolute.", nameof(value));
    }

    /// <summary>How events are sent and what goes wrong with them on purpose; replaced whole, with <c>with</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names each.</exception>
    public WebhookSettings Webhooks
    {
        get => webhooks;
        set => webhooks = value.Problems() is { Count: > 0 } problems ? throw new ArgumentException(string.Join(" ", problems), nameof(value)) : value;
    }

    /// <summary>How live video answers and plays, and what goes wrong with it on purpose; replaced whole, with <c>with</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names each.</exception>
    public LiveSettings Live
    {
        get => live.Value;
        set => live.Value = value;
    }

    /// <summary>How pictures and clips answer, and what goes wrong with them on purpose; replaced whole, with <c>with</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names each.</exception>
    public MediaSettings Media
    {
        get => media.Value;
        set => media.Value = value;
    }

    /// <summary>How the event history is told; replaced whole, with <c>with</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names each.</exception>
    public HistorySettings History
    {
        get => history.Value;
        set => history.Value = value;
    }

    /// <summary>Signs link nonces and webhooks from now on: Ring's side of a change of keys.</summary>
    public string HmacKey
    {
        get => hmacKey;
        set => hmacKey = string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("The key must not be empty.", nameof(value)) : value;
    }

    /// <summary>How the code is sent to the partner.</summary>
    public BodyVariant BodyVariant { get; set; } = options.BodyVariant;

    /// <summary>How answers of app-integrations look.</summary>
    public AnswerShape AnswerShape { get; set; } = options.AnswerShape;

    /// <summary>What becomes of a refresh token when it is used.</summary>
    public RotationMode Rotation { get; set; } = options.Rotation;

    /// <summary>Whether <c>device_added</c> goes out before or after the code.</summary>
    public DeviceOrder DeviceOrder { get; set; } = options.DeviceOrder;

    /// <summary>Refuses a PATCH to <c>completed</c> of an integration that is completed already.</summary>
    public bool RefuseRepeatedCompleted { get; set; }

    /// <summary>A trial's <c>plan_id</c> is <c>null</c> in the list of subscriptions; otherwise it is missing (contract 10.2).</summary>
    public bool TrialPlanIdAsNull { get; set; }

    /// <summary>Life of a new access token in seconds.</summary>
    public int AccessTokenSeconds { get; set; } = options.AccessTokenSeconds;

    /// <summary>The partner's App Homepage, where "Manage app" leads.</summary>
    internal Uri Homepage => Partner(options.Homepage);

    internal MediaSettings UsualMedia => MediaSettings.Of(options);

    internal void ResetMedia() => Media = UsualMedia;

    /// <summary>Since when the partner may see what happened, epoch milliseconds.</summary>
    internal long ConsentOf(Installation installation) => (History.ConsentedSince ?? installation.InstalledAt).ToUnixTimeMilliseconds();

    internal void ResetWebhooks() => webhooks = WebhookSettings.Of(options);

    internal Uri Partner(string path) => new(PortalUrl, path);
}
