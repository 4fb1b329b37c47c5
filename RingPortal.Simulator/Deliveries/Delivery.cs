using RingPortal.Simulator.Events;

namespace RingPortal.Simulator.Deliveries;

/// <summary>What is to be delivered.</summary>
/// <param name="Account">Key of the account, when it is known.</param>
/// <param name="Event">The event; <see langword="null"/> for raw bytes.</param>
/// <param name="Body">The bytes of the first attempt.</param>
/// <param name="What">Short description for people.</param>
/// <param name="Signature">What is wrong with its signature; <see langword="null"/> leaves it to the settings.</param>
/// <param name="Copies">How often it is delivered; <see langword="null"/> leaves it to the settings.</param>
internal sealed record Letter(string? Account, RingEvent? Event, byte[] Body, string What, SignatureFault? Signature, int? Copies);

/// <summary>A delivery under way. One attempt at a time holds it, so it needs no lock.</summary>
internal sealed class Delivery(long number, Letter letter)
{
    private readonly TaskCompletionSource attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Number { get; } = number;

    public string? Account => letter.Account;

    public string What => letter.What;

    public SignatureFault? Signature => letter.Signature;

    public RingEvent? Event { get; set; } = letter.Event;

    public byte[] Body { get; set; } = letter.Body;

    /// <summary>Attempts since it was begun or replayed.</summary>
    public int Attempts { get; set; }

    /// <summary>Begun when this one is decided: copies that come one after another.</summary>
    public Delivery? Next { get; set; }

    /// <summary>Ends with the first attempt.</summary>
    public Task Attempted => attempted.Task;

    public void SetAttempted() => attempted.TrySetResult();

    public void Abandon() => attempted.TrySetCanceled();
}
