using System.Diagnostics.CodeAnalysis;

namespace RingPortal.Web.Ring;

/// <summary>A delivery that was read, or why it cannot be; such a delivery is kept in quarantine and answered 200 (reliability 4.1).</summary>
public sealed record RingEnvelopeReading
{
    private RingEnvelopeReading(RingEnvelope? envelope, string? reason) => (Envelope, Reason) = (envelope, reason);

    /// <summary>What was read; null when unreadable.</summary>
    public RingEnvelope? Envelope { get; }

    /// <summary>Why it is unreadable, in words for operators and without a word of the payload.</summary>
    public string? Reason { get; }

    /// <summary>Whether there is an envelope; else there is a reason.</summary>
    [MemberNotNullWhen(true, nameof(Envelope))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsReadable => Envelope is not null;

    /// <summary>The envelope, or else the reason why there is none.</summary>
    public bool TryGetEnvelope([NotNullWhen(true)] out RingEnvelope? envelope, [NotNullWhen(false)] out string? reason)
    {
        (envelope, reason) = (Envelope, Reason);
        return IsReadable;
    }

    internal static RingEnvelopeReading Of(RingEnvelope envelope) => new(envelope, null);

    internal static RingEnvelopeReading Unreadable(string reason) => new(null, reason);
}
