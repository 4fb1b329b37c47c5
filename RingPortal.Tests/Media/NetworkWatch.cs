using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RingPortal.Tests.Media;

/// <summary>
/// Sees every name that this process looks up and every address that it tries to connect to, by the runtime's own events.
/// Other tests run beside: what they may touch is this machine alone.
/// </summary>
internal sealed class NetworkWatch : EventListener
{
    private readonly ConcurrentQueue<string> _names = new();
    private readonly ConcurrentQueue<IPAddress> _addresses = new();

    /// <summary>Names that were looked up.</summary>
    public IEnumerable<string> Names => _names;

    /// <summary>Connections that left this machine, or would have.</summary>
    public IEnumerable<IPAddress> Outside => _addresses.Where(address => !IPAddress.IsLoopback(address));

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.NameResolution" or "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { EventName: "ResolutionStart", Payload: [string name, ..] })
        {
            _names.Enqueue(name);
        }
        else if (eventData is { EventName: "ConnectStart", Payload: [string address, ..] } && Read(address) is { } target)
        {
            _addresses.Enqueue(target);
        }
    }

    /// <summary>"InterNetworkV6:28:{bytes}" as sockets write their address.</summary>
    private static IPAddress? Read(string text)
    {
        var parts = text.Split(":{");
        if (parts.Length != 2 || !text.StartsWith("InterNetwork", StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = parts[1].TrimEnd('}').Split(',').Select(value => byte.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        var isSix = text.StartsWith(nameof(AddressFamily.InterNetworkV6), StringComparison.Ordinal);
        var address = isSix ? new IPAddress(bytes[6..22]) : new IPAddress(bytes[2..6]);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
