namespace RingPortal.Simulator.Ledger;

/// <summary>Every kind of call over the border, in both directions.</summary>
public enum RingOperation
{
    /// <summary>Stands for each of Ring's operations in a fault.</summary>
    Any,

    /// <summary><c>POST /oauth/token</c></summary>
    Token,

    /// <summary><c>GET /v1/users/me</c></summary>
    UsersMe,

    /// <summary><c>POST /v1/accounts/me/app-integrations</c></summary>
    AppIntegrationsPost,

    /// <summary><c>PATCH /v1/accounts/me/app-integrations</c></summary>
    AppIntegrationsPatch,

    /// <summary><c>DELETE /v1/accounts/me/app-integrations</c>, refused for this kind of app.</summary>
    AppIntegrationsDelete,

    /// <summary><c>GET /v1/devices</c>, one device, and its sub-resources.</summary>
    Devices,

    /// <summary><c>GET /v1/accounts/me/subscriptions</c></summary>
    Subscriptions,

    /// <summary><c>POST</c> of an offer, which opens a live session.</summary>
    LiveSessionCreate,

    /// <summary><c>DELETE</c> of a live session.</summary>
    LiveSessionDelete,

    /// <summary><c>POST</c> for a picture, answered by the address of it.</summary>
    ImageDownload,

    /// <summary><c>GET</c> of a picture from the media host.</summary>
    ImageFetch,

    /// <summary><c>POST</c> for a clip.</summary>
    ClipDownload,

    /// <summary>A clip from the media host.</summary>
    ClipFetch,

    /// <summary><c>GET /v1/history/devices/{id}/events</c></summary>
    History,

    /// <summary>A call that Ring does not know: wrong route or method.</summary>
    Unknown,

    /// <summary>Ring sends the code to the partner.</summary>
    TokenExchange,

    /// <summary>Ring sends the browser to the partner's Account Link URL.</summary>
    AccountLink,

    /// <summary>Ring sends an event to the partner.</summary>
    Webhook,
}
