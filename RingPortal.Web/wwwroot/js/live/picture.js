// One connection that receives what a camera sees, and what is known of its picture. Decoded frames alone tell that there is one.

const gatherFor = 3000;
const rest = milliseconds => new Promise(done => setTimeout(done, milliseconds));

export class Picture {
  stream = new MediaStream();
  frames = 0;
  bytes = 0;
  framesAt = performance.now();

  constructor({ shown, failed }) {
    this.pc = new RTCPeerConnection();
    this.pc.ontrack = event => { this.stream.addTrack(event.track); shown(); };
    this.pc.onconnectionstatechange = () => { if (this.pc.connectionState === "failed") failed(); };
  }

  get isConnected() { return this.pc.connectionState === "connected"; }

  // Everything is attached before the offer; what it can gather in time goes with it.
  async offer() {
    const { pc } = this;
    pc.addTransceiver("video", { direction: "recvonly" });
    pc.addTransceiver("audio", { direction: "recvonly" });
    const gathered = new Promise(done => {
      pc.addEventListener("icegatheringstatechange", () => { if (pc.iceGatheringState === "complete") done(); });
    });
    await pc.setLocalDescription(await pc.createOffer());
    await Promise.race([gathered, rest(gatherFor)]);
    return pc.localDescription.sdp;
  }

  answer(sdp) { return this.pc.setRemoteDescription({ type: "answer", sdp }); }

  async count() {
    for (const report of (await this.pc.getStats()).values()) {
      if (report.type !== "inbound-rtp" || report.kind !== "video") continue;
      this.bytes = report.bytesReceived ?? 0;
      if ((report.framesDecoded ?? 0) > this.frames) [this.frames, this.framesAt] = [report.framesDecoded, performance.now()];
    }
  }

  close() {
    this.pc.onconnectionstatechange = this.pc.ontrack = null;
    this.pc.close();
  }
}
