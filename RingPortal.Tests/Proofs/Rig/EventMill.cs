using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>One signed event as it goes over the wire; without a signature the header is left out.</summary>
internal sealed record RingDelivery(string RequestId, byte[] Body, string? Signature);

/// <summary>
/// Makes signed events (contract 5.4, 5.7) without a line of the product's or the simulator's code, each with a request
/// id and an event id of its own.
/// </summary>
internal sealed class EventMill(string hmacKey, IReadOnlyList<Household> households)
{
    private static readonly string[] s_classes = ["motion", "human", "vehicle", "other_motion"];

    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly long _epoch = DateTimeOffset.UtcNow.AddMinutes(-30).ToUnixTimeMilliseconds();
    private long _made;

    /// <summary>What it signs with; a rotation changes it.</summary>
    public string HmacKey { get; set; } = hmacKey;

    public IReadOnlyList<Household> Households => households;

    /// <summary>The next event of a mix: four motions in both spellings of the sub-type, then a press of the button.</summary>
    public RingDelivery Next()
    {
        var number = Interlocked.Increment(ref _made);
        var household = households[(int)(number % households.Count)];
        var device = household.DeviceIds[(int)(number / households.Count % household.DeviceIds.Count)];
        return number % 5 == 0 ? Make(number, household, device, "button_press", "", "")
            : number % 2 == 0 ? Make(number, household, device, "motion_detected", $", \"subType\": \"{s_classes[number % 4]}\"", "")
            : Make(number, household, device, "motion_detected", "", $", \"sub_type\": \"{s_classes[number % 4]}\", \"component_ids\": [\"1\"]");
    }

    /// <summary>An event of a household's first camera, or of its account, with times of the caller's choice.</summary>
    /// <param name="household">Whose.</param>
    /// <param name="type">What; <c>app_integration_…</c> is the account's.</param>
    /// <param name="sentAt">When Ring sent it; null for now.</param>
    /// <param name="occurredAt">When it happened; null for a moment of its own in the last half hour.</param>
    public RingDelivery Of(Household household, string type, DateTimeOffset? sentAt = null, DateTimeOffset? occurredAt = null)
    {
        var number = Interlocked.Increment(ref _made);
        var source = type.StartsWith("app_", StringComparison.Ordinal) ? household.AccountId : household.DeviceIds[0];
        return Make(number, household, source, type, "", "", sentAt, occurredAt);
    }

    /// <summary>A body under this mill's key.</summary>
    public RingDelivery Sign(string requestId, byte[] body) => new(requestId, body, Signature(HmacKey, body));

    /// <summary>Ring's header: the key is text (contract 5.2).</summary>
    public static string Signature(string key, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));

    public RingDelivery Sign(string requestId, string body) => Sign(requestId, Encoding.UTF8.GetBytes(body));

    private RingDelivery Make(long number, Household household, string device, string type, string beside, string inside, DateTimeOffset? sentAt = null, DateTimeOffset? occurredAt = null)
    {
        // The time is part of the event's id, so no two events of a device may share it.
        var at = (occurredAt?.ToUnixTimeMilliseconds() ?? (_epoch + number)).ToString(CultureInfo.InvariantCulture);
        var requestId = string.Create(CultureInfo.InvariantCulture, $"pf-{_run}-{number:0000000}");
        var time = (sentAt ?? DateTimeOffset.UtcNow).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
        return Sign(requestId, $$$"""
            {"meta": {"version": "1.1", "time": "{{{time}}}", "request_id": "{{{requestId}}}", "account_id": "{{{household.AccountId}}}"},
             "data": {"id": "{{{device}}}_{{{type}}}_{{{at}}}", "type": "{{{type}}}"{{{beside}}},
              "attributes": {"source": "{{{device}}}", "source_type": "{{{(device == household.AccountId ? "users" : "devices")}}}", "timestamp": {{{at}}}{{{inside}}} },
              "relationships": {"devices": {"links": {"self": "/v1/devices/{{{device}}}"}} }} }
            """);
    }
}
