using Microsoft.Extensions.Options;
using RingPortal.Web.Ring;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>Options without a configuration behind them.</summary>
internal sealed class FixedOptions(RingOptions options) : IOptionsMonitor<RingOptions>
{
    public RingOptions CurrentValue => options;

    public RingOptions Get(string? name) => options;

    public IDisposable? OnChange(Action<RingOptions, string?> listener) => null;
}
