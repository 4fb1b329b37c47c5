using System.Globalization;
using System.Text;

namespace RingPortal.Benchmarks.Rig;

/// <summary>A signed event as a whole request.</summary>
/// <param name="RequestId"><c>meta.request_id</c>, by which its row is found.</param>
/// <param name="Request">What goes over the wire.</param>
internal sealed record SignedEvent(string RequestId, byte[] Request)
{
    /// <summary>An event of a camera or, without one, of the account, that happens now (contract 5.4, 5.7).</summary>
    public static SignedEvent Of(Household household, Camera? camera, string type, DateTimeOffset now)
    {
        var (requestId, at) = (Guid.NewGuid().ToString(), now.ToUnixTimeMilliseconds());
        var (source, kind) = camera is null ? (household.AccountId, "users") : (camera.RingId, "devices");
        var subType = type == "motion_detected" ? ", \"subType\": \"human\"" : "";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$$$$$"""
            {"meta": {"version": "1.1", "time": "{{{{{{now.UtcDateTime:O}}}}}}", "request_id": "{{{{{{requestId}}}}}}", "account_id": "{{{{{{household.AccountId}}}}}}"},
             "data": {"id": "{{{{{{source}}}}}}_{{{{{{type}}}}}}_{{{{{{at}}}}}}_{{{{{{requestId}}}}}}", "type": "{{{{{{type}}}}}}"{{{{{{subType}}}}}},
              "attributes": {"source": "{{{{{{source}}}}}}", "source_type": "{{{{{{kind}}}}}}", "timestamp": {{{{{{at}}}}}} },
              "relationships": {"devices": {"links": {"self": "/v1/devices/{{{{{{source}}}}}}"}}}}}
            """);
        return new SignedEvent(requestId, SignedEvents.Request(Encoding.UTF8.GetBytes(body), null));
    }
}
