using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace RingPortal.Web.Features.Certification.Outside;

/// <summary>
/// How the portal knows its own probes when they come back in from outside: a header that only instances of this portal can
/// write. It opens nothing: a marked call is judged and answered as any other, and only set apart where calls are counted.
/// </summary>
internal sealed class ProbeMark(IDataProtectionProvider protection)
{
    /// <summary>Name of the header.</summary>
    public const string HeaderName = "X-RingPortal-Check";

    /// <summary>What a marked call is called among the arrivals.</summary>
    public const string Verdict = "check";

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(2);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("RingPortal.CertificationProbe.v1").ToTimeLimitedDataProtector();

    /// <summary>A fresh value for the header.</summary>
    public string Make() => _protector.Protect("probe", s_life);

    /// <summary>Whether a call is the portal's own probe.</summary>
    public static bool IsOn(HttpContext http) =>
        http.Request.Headers.TryGetValue(HeaderName, out var values)
        && values is [{ Length: > 0 and < 1024 } value]
        && http.RequestServices.GetRequiredService<ProbeMark>().IsOurs(value);

    private bool IsOurs(string value)
    {
        try
        {
            return _protector.Unprotect(value) == "probe";
        }
        catch (CryptographicException)
        {
            // A stranger's, or one that is too old: a call as any other.
            return false;
        }
    }
}
