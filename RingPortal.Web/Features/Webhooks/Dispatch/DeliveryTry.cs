using System.Text.Json;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>One try at a delivery, as <see cref="InboxMessage.Tries"/> has it.</summary>
/// <param name="At">When it ended (UTC).</param>
/// <param name="By">Which running portal made it, as host and process.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Outcome">What it came to; null when it failed.</param>
public sealed record DeliveryTry(DateTimeOffset At, string? By, string? Error, string? Outcome)
{
    /// <summary>This running portal.</summary>
    public static string Here { get; } = Short($"{Environment.MachineName.ToLowerInvariant()}:{Environment.ProcessId}");

    /// <summary>As it is stored: an array of one, to be put behind the others.</summary>
    internal string Write() => JsonSerializer.Serialize<DeliveryTry[]>([this], JsonSerializerOptions.Web);

    /// <summary>What is stored, oldest first.</summary>
    internal static IReadOnlyList<DeliveryTry> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<DeliveryTry[]>(json, JsonSerializerOptions.Web) ?? [];

    private static string Short(string name) => name.Length <= 100 ? name : name[..100];
}
