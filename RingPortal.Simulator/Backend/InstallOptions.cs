namespace RingPortal.Simulator.Backend;

/// <summary>How one installation differs from the settings.</summary>
public sealed record InstallOptions
{
    /// <summary>Another body for the code.</summary>
    public BodyVariant? BodyVariant { get; init; }

    /// <summary>Another order of code and devices.</summary>
    public DeviceOrder? DeviceOrder { get; init; }

    /// <summary>Ids of the devices to share; <see langword="null"/> keeps the present choice.</summary>
    public IReadOnlyCollection<string>? ShareDevices { get; init; }

    /// <summary>Sends no <c>device_added</c>.</summary>
    public bool WithoutEvents { get; init; }

    /// <summary>Makes a code but does not send it, for tests that post it themselves.</summary>
    public bool WithoutExchange { get; init; }
}

/// <summary>What became of it.</summary>
/// <param name="ExchangeStatus">The partner's answer to the code; 0 when none came or none was asked for.</param>
/// <param name="Code">The code, for tests that post it themselves.</param>
/// <param name="CodeVerifier">The verifier that belongs to the code, for variant V10.</param>
public sealed record InstallResult(int ExchangeStatus, string Code, string? CodeVerifier);
