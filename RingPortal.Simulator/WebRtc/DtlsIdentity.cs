using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace RingPortal.Simulator.WebRtc;

/// <summary>The certificate that the cloud shows in every media connection, made at its start.</summary>
internal sealed class DtlsIdentity
{
    public DtlsIdentity()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=ring", pair, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        Certificate = certificate.RawData;
        Key = PrivateKeyFactory.CreateKey(pair.ExportPkcs8PrivateKey());
        Fingerprint = FingerprintOf(Certificate);
    }

    public byte[] Certificate { get; }

    public AsymmetricKeyParameter Key { get; }

    public string Fingerprint { get; }

    public static string FingerprintOf(byte[] certificate) => string.Join(':', Convert.ToHexString(SHA256.HashData(certificate)).Chunk(2).Select(pair => new string(pair)));
}
