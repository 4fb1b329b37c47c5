using Microsoft.Extensions.Options;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

/// <summary>Options as they are, without a configuration behind them.</summary>
internal sealed class FixedOptions(RingOptions options) : IOptionsMonitor<RingOptions>
{
    /// <summary>Key K1 of contract 4.5.</summary>
    public const string K1 = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";

    /// <summary>Key K2 of contract 4.5.</summary>
    public const string K2 = "plain-text-hmac-key_0002";

    public RingOptions CurrentValue { get; set; } = options;

    public static FixedOptions Keys(string current, string previous = "") => new(new() { HmacKey = current, PreviousHmacKey = previous });

    public RingOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<RingOptions, string?> listener) => null;
}
