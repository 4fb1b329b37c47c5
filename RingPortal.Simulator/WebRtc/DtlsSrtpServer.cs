using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace RingPortal.Simulator.WebRtc;

/// <summary>The DTLS side of a media connection: agrees on the keys of SRTP with the one who made the offer.</summary>
internal sealed class DtlsSrtpServer(BcTlsCrypto crypto, DtlsIdentity identity, string peer) : DefaultTlsServer(crypto)
{
    private static readonly int[] Suites = [CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256];

    /// <summary>Keys and salts of both sides (RFC 5764), once the handshake is over.</summary>
    public byte[]? Keys { get; private set; }

    public override int GetHandshakeTimeoutMillis() => 30_000;

    public override CertificateRequest GetCertificateRequest() =>
        new([ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign], TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context), null);

    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        if (clientCertificate.IsEmpty || !DtlsIdentity.FingerprintOf(clientCertificate.GetCertificateAt(0).GetEncoded()).Equals(peer, StringComparison.OrdinalIgnoreCase))
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }

    public override IDictionary<int, byte[]> GetServerExtensions()
    {
        var extensions = TlsExtensionsUtilities.EnsureExtensionsInitialised(base.GetServerExtensions());
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData([SrtpProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80], []));
        return extensions;
    }

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        Keys = m_context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, 60);
    }

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    protected override int[] GetSupportedCipherSuites() => Suites;

    protected override TlsCredentialedSigner GetECDsaSignerCredentials() => new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(m_context),
        crypto,
        identity.Key,
        new Certificate([new BcTlsCertificate(crypto, identity.Certificate)]),
        SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
}
