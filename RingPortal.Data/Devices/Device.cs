namespace RingPortal.Data.Devices;

/// <summary>A camera that a Ring user shares with a portal user. Facts only: nothing here can change the camera.</summary>
public sealed class Device
{
    /// <summary>Our own key, the one in addresses; Ring's id never leaves the server.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The link through which it is shared.</summary>
    public required Guid RingTokenId { get; set; }

    /// <summary>The portal user who sees it.</summary>
    public required Guid UserId { get; set; }

    /// <summary>Ring's device id: opaque, never parsed, never shown (contract 0.2).</summary>
    public required string RingDeviceId { get; init; }

    /// <summary>Name that the person gave it in the Ring app.</summary>
    public required string Name { get; set; }

    /// <summary>Whether Ring says it is online; null when Ring did not say.</summary>
    public bool? Online { get; set; }

    /// <summary>As of when <see cref="Online"/> holds (UTC); news from before changes nothing.</summary>
    public DateTimeOffset? StatusAt { get; set; }

    /// <summary>When it was last seen online (UTC).</summary>
    public DateTimeOffset? LastOnlineAt { get; set; }

    /// <summary>When we first learnt that it is offline (UTC); it may have been so before. Null once it is online.</summary>
    public DateTimeOffset? OfflineSince { get; set; }

    /// <summary>Capabilities as Ring last told them (JSON, contract 3.9); information, never controls.</summary>
    public string? Capabilities { get; set; }

    /// <summary>Configurations as Ring told them (JSON): switches and motion zones; privacy zones are dropped. Null when Ring did not say.</summary>
    public string? Configurations { get; set; }

    /// <summary>ISO country code of where the camera is.</summary>
    public string? Country { get; set; }

    /// <summary>State or region, where Ring told one.</summary>
    public string? Region { get; set; }

    /// <summary>When Ring last told us about this camera (UTC).</summary>
    public required DateTimeOffset RefreshedAt { get; set; }

    /// <summary>When it first appeared here (UTC).</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>
    /// Since when its pictures come encrypted, by the owner's setting (UTC); null while we can show them.
    /// </summary>
    public DateTimeOffset? ProtectedAt { get; set; }

    /// <summary>When it was missing from a listing for the first time (UTC); one short listing never deletes.</summary>
    public DateTimeOffset? MissingSince { get; set; }

    /// <summary>
    /// When it stopped being shared (UTC, Ring's time); pages no longer show it from then on, and its teardown deletes the
    /// row. Null while it is shared.
    /// </summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>After how many seconds Ring ends a live view of it, as far as learnt; the API does not tell (contract 8.6).</summary>
    public int? LiveLimitSeconds { get; set; }
}
