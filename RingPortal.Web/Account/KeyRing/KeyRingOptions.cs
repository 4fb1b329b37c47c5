namespace RingPortal.Web.Account.KeyRing;

/// <summary>Section <c>DataProtection</c>: what protects the key ring of cookies and forms while it rests in the database.</summary>
public sealed class KeyRingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "DataProtection";

    /// <summary>PKCS#12 file with a private key; required outside Development.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>Its password, if it has one; also tried on the previous certificate.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The certificate used before, so that keys it protects still open.</summary>
    public string? PreviousCertificatePath { get; set; }
}
