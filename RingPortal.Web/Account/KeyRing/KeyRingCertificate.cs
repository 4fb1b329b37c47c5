using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RingPortal.Web.Account.KeyRing;

/// <summary>A certificate file as it was found.</summary>
/// <param name="Certificate">The certificate with its private key, when all is well.</param>
/// <param name="Fault">Else what is wrong with the file, as the end of a sentence that begins with the setting's key.</param>
internal sealed record KeyRingCertificate(X509Certificate2? Certificate, string? Fault)
{
    public static KeyRingCertificate Load(string path, string? password)
    {
        if (!File.Exists(path))
        {
            return new KeyRingCertificate(null, "names a file that does not exist.");
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.GetRSAPrivateKey() is null
                ? new KeyRingCertificate(null, "must name a certificate with an RSA private key.")
                : new KeyRingCertificate(certificate, null);
        }
        catch (CryptographicException)
        {
            return new KeyRingCertificate(null, "names a file that is no PKCS#12 certificate or needs another DataProtection__CertificatePassword.");
        }
        catch (UnauthorizedAccessException)
        {
            return new KeyRingCertificate(null, "names a file that the portal may not read.");
        }
    }
}
