using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace RingPortal.Simulator.WebRtc;

/// <summary>Our side of one media connection, from the offer to the last packet.</summary>
internal sealed class MediaPeer : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly SdpOffer offer;
    private readonly DtlsIdentity identity;
    private readonly MediaSocket socket;

    public MediaPeer(SdpOffer offer, DtlsIdentity identity)
    {
        (this.offer, this.identity) = (offer, identity);
        var ice = IceCredentials.New();
        socket = new MediaSocket(ice);
        Answer = SdpAnswer.Write(offer, socket.Port, ice, identity.Fingerprint);
    }

    /// <summary>The answer in SDP.</summary>
    public string Answer { get; }

    /// <summary>The other side still listens.</summary>
    public bool IsHeard => socket.IsHeard;

    /// <summary>Waits for the other side, agrees on keys with it, then lets media be sent until the end.</summary>
    public async Task RunAsync(Func<MediaTracks, CancellationToken, Task> send)
    {
        var stop = stopping.Token;
        var receiving = socket.ReceiveAsync(stop);
        try
        {
            await await Task.WhenAny(socket.Found.WaitAsync(stop), receiving);

            // The handshake blocks its thread, for as long as a browser takes.
            var keys = await Task.Factory.StartNew(Handshake, stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            using var tracks = new MediaTracks(offer, keys, socket);
            await await Task.WhenAny(send(tracks, stop), receiving);
        }
        catch (Exception over) when (stop.IsCancellationRequested && over is OperationCanceledException or ObjectDisposedException or IOException or System.Net.Sockets.SocketException)
        {
            // The session ended while something was under way.
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        socket.Dispose();
    }

    private byte[] Handshake()
    {
        var server = new DtlsSrtpServer(new BcTlsCrypto(new SecureRandom()), identity, offer.Fingerprint);
        new DtlsServerProtocol().Accept(server, socket);
        return server.Keys ?? throw new IOException("The handshake ended without keys.");
    }
}
