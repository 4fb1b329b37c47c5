namespace RingPortal.Data.Devices;

/// <summary>
/// Something of one link that must be read again from Ring. Webhook handlers write it because they never call Ring; a job
/// does the reading and deletes the row unless somebody asked again meanwhile. One row per link, kind and camera.
/// </summary>
public sealed class SyncRequest
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The link whose tokens are used.</summary>
    public required Guid RingTokenId { get; init; }

    /// <summary>What is to be read. Stored by name.</summary>
    public required SyncKind Kind { get; init; }

    /// <summary>Ring's id of the one camera to read; empty for all of the link.</summary>
    public required string RingDeviceId { get; init; }

    /// <summary>When it was last asked for (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; set; }

    /// <summary>Grows each time it is asked for; a reading that began before the last asking does not settle it.</summary>
    public int Version { get; set; }

    /// <summary>How often it was tried since it was asked for.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is next due (UTC).</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Why the last try failed, without payload.</summary>
    public string? LastError { get; set; }
}

/// <summary>What a <see cref="SyncRequest"/> asks for.</summary>
public enum SyncKind
{
    /// <summary>The cameras of the link, or one of them (contract 3.7, 3.8).</summary>
    Devices,

    /// <summary>The plans of the link (contract 10.2).</summary>
    Subscriptions,
}
