// The live view of cameras (WHEP through the portal). A view starts by a tap and never by an address; a page that goes takes
// its views with it. The circuit only tells what ended elsewhere: pictures play on while it is away.
(() => {
  "use strict";

  const atOnce = 2;
  const beatEvery = 10000;
  const gatherFor = 3000;
  const firstFrameWithin = 15000;
  const stalledAfter = 6000;
  const pauses = [1000, 2000, 4000];
  const shortest = 30;
  const longest = 60;
  const intentKey = "rp-live";
  const intentFor = 15000;
  const around = 2 * Math.PI * 11;

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const players = new Map();
  const rest = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  const say = text => {
    const region = document.getElementById("rp-status");
    if (region) (region.firstElementChild ?? region).textContent = text;
  };

  const form = () => document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "";
  // keepalive: a page that goes must still be able to say so.
  const end = (id, reason) => fetch(`/api/live/${id}?reason=${reason}`, { method: "DELETE", keepalive: true }).catch(() => {});

  class Player {
    constructor(root) {
      this.id = root.dataset.live;
      this.name = root.dataset.name;
      this.state = null;
      this.run = 0;
      this.kept = 0;
      this.tries = 0;
      this.session = null;
      this.pc = null;
      this.stream = null;
      this.startedAt = 0;
      this.attach(root);
    }

    // The circuit may draw the page anew while a picture plays: the player moves into the new element.
    attach(root) {
      this.root = root;
      this.video = root.querySelector("video");
      this.held = root.querySelector("canvas");
      // Sound starts off; an attribute set by script does not mute.
      this.video.muted = this.muted ?? true;
      this.video.addEventListener("leavepictureinpicture", () => { if (document.hidden) this.stop("left"); });
      if (this.stream) this.show();
      this.paint();
    }

    get isBusy() { return this.pc !== null || this.state === "lost"; }

    set(state, words) {
      this.state = state;
      this.paint();
      if (words) say(words);
    }

    paint() {
      if (this.state) this.root.dataset.state = this.state;
      else delete this.root.dataset.state;
      this.video.hidden = !(this.state === "live" || this.state === "ending");
      const mute = this.root.querySelector("[data-live-act=sound]");
      mute?.setAttribute("aria-pressed", String(!this.video.muted));
      for (const part of this.root.querySelectorAll("[data-needs]")) {
        part.hidden = part.dataset.needs === "pip" ? !document.pictureInPictureEnabled
          : part.dataset.needs === "full" ? !(this.root.requestFullscreen || this.video.webkitEnterFullscreen)
          : part.dataset.needs === "battery" ? this.kept < 5
          : part.dataset.needs === "take" ? !this.canTake : false;
      }
    }

    show() {
      this.video.srcObject = this.stream;
      this.video.play().catch(() => {});
    }

    // The last frame stays until the next picture.
    hold() {
      if (!this.video.videoWidth) return;
      [this.held.width, this.held.height] = [this.video.videoWidth, this.video.videoHeight];
      this.held.getContext("2d").drawImage(this.video, 0, 0);
      this.held.hidden = false;
    }

    // Ends what runs. Done when the portal has answered, so that the next one never overlaps.
    async close(reason) {
      const { session, pc } = this;
      [this.session, this.pc] = [null, null];
      clearInterval(this.timer);
      clearInterval(this.beats);
      this.quit?.abort();
      if (pc) {
        this.hold();
        pc.onconnectionstatechange = pc.ontrack = null;
        pc.close();
      }
      this.stream = null;
      this.video.srcObject = null;
      if (session) await end(session, reason);
    }

    async stop(reason, state = "ended", words = this.root.dataset.textEnded) {
      this.run++;
      this.tries = 0;
      const inside = this.root.contains(document.activeElement);
      const closing = this.close(reason);
      this.set(state, words);
      if (inside && this.root.isConnected) this.focus();
      await closing;
    }

    focus() { this.root.focus({ preventScroll: true }); }

    async start({ state = "connecting", reason = "stopped", takeOver = false, stopOldest = false } = {}) {
      const run = ++this.run;
      const inside = this.root.contains(document.activeElement);
      makeRoom(this);
      const closing = this.close(reason);
      this.startedAt = performance.now();
      this.quit = new AbortController();
      const quit = this.quit.signal;
      this.pc = new RTCPeerConnection();
      this.set(state, state === "connecting" ? this.root.dataset.textConnecting : state === "again" ? this.root.dataset.textMoment : null);
      if (inside) this.focus();
      await closing;
      if (run !== this.run) return;
      try {
        const offer = await this.offer();
        if (run !== this.run) return;
        const answer = await fetch(`/api/devices/${this.id}/live?takeOver=${takeOver}&stopOldest=${stopOldest}`, {
          method: "POST", body: offer, signal: quit, headers: { "content-type": "application/sdp", RequestVerificationToken: form() },
        });
        const session = answer.headers.get("Location")?.split("/").pop();
        if (run !== this.run) { if (answer.status === 201) end(session, "left"); return; }
        if (answer.status !== 201) { await this.refused(answer, run); return; }
        this.session = session;
        this.begin(Number(answer.headers.get("X-Live-Seconds")), answer.headers.get("X-Live-Learnt") === "yes");
        const sdp = await answer.text();
        if (run === this.run) await this.pc.setRemoteDescription({ type: "answer", sdp });
      } catch (error) {
        if (run !== this.run || error.name === "AbortError") return;
        await this.failed();
      }
    }

    // Everything is attached before the offer; what it can gather in time goes with it.
    async offer() {
      const { pc } = this;
      this.stream = new MediaStream();
      pc.ontrack = event => { this.stream.addTrack(event.track); this.show(); };
      pc.onconnectionstatechange = () => { if (pc === this.pc && pc.connectionState === "failed") this.dropped(); };
      pc.addTransceiver("video", { direction: "recvonly" });
      pc.addTransceiver("audio", { direction: "recvonly" });
      const gathered = new Promise(done => {
        pc.addEventListener("icegatheringstatechange", () => { if (pc.iceGatheringState === "complete") done(); });
      });
      await pc.setLocalDescription(await pc.createOffer());
      await Promise.race([gathered, rest(gatherFor)]);
      return pc.localDescription.sdp;
    }

    begin(seconds, learnt) {
      const now = performance.now();
      Object.assign(this, { since: now, learnt, frames: 0, framesAt: now, bytes: 0, warned: false });
      // Where the limit is known the page is faster than Ring.
      this.until = learnt ? seconds - 1 : shortest;
      this.timer = setInterval(() => this.tick(), calm.matches ? 1000 : 250);
      this.beats = setInterval(() => this.beat(false), beatEvery);
    }

    async tick() {
      const { pc, run } = this;
      await this.count(pc);
      if (run !== this.run || pc !== this.pc || !pc) return;
      const now = performance.now();
      const elapsed = (now - this.since) / 1000;
      if (this.frames === 0) {
        if (now - this.since > firstFrameWithin) this.dark();
        return;
      }
      if (!this.video.videoWidth) return;
      if (this.state !== "live" && this.state !== "ending") this.seen();
      if (now - this.since > 10000) this.tries = 0;
      const stalled = now - this.framesAt;
      if (!this.learnt && elapsed > shortest + 0.6 && stalled < 500) this.goOn();
      else if (!this.learnt && elapsed > shortest + 2.5 && stalled > 1500) { this.stop("lost"); return; }
      else if (this.learnt && elapsed >= this.until) { this.stop("limit"); return; }
      if (stalled > stalledAfter) {
        if (elapsed - stalled / 1000 > this.until - 3) this.stop("lost");
        else this.dropped();
        return;
      }
      this.countDown(Math.max(0, Math.ceil(this.until - elapsed)));
    }

    // Decoded frames alone tell that there is a picture.
    async count(pc) {
      for (const report of (await pc?.getStats())?.values() ?? []) {
        if (report.type !== "inbound-rtp" || report.kind !== "video") continue;
        this.bytes = report.bytesReceived ?? 0;
        if ((report.framesDecoded ?? 0) > this.frames) [this.frames, this.framesAt] = [report.framesDecoded, performance.now()];
      }
    }

    seen() {
      this.held.hidden = true;
      this.set("live");
    }

    // Pictures still come after the shorter limit: it is the longer one.
    goOn() {
      Object.assign(this, { learnt: true, until: longest - 1, warned: false });
      this.set("live");
      this.beat(true);
    }

    countDown(left) {
      this.root.querySelector("[data-left]").textContent = fill(this.root.dataset.textLeft, { n: left });
      this.root.querySelector("[data-ring]").setAttribute("stroke-dasharray", `${around * left / Math.max(this.until, 1)} ${around}`);
      if (left > 10 || this.warned) return;
      this.warned = true;
      this.set("ending", left > 5 ? this.root.dataset.textSoon : null);
    }

    async beat(frames) {
      const { session } = this;
      if (!session) return;
      try {
        const answer = await fetch(`/api/live/${session}/beat?frames=${frames || performance.now() - this.framesAt < 2000}`, { method: "POST", headers: { RequestVerificationToken: form() } });
        if (session !== this.session) return;
        if (answer.status === 410) this.over((await answer.json()).code);
        else if (answer.status === 401) location.reload();
      } catch {
        // The portal notices silence by itself; pictures do not come from it.
      }
    }

    // It ended elsewhere.
    over(reason) {
      this.session = null;
      const text = this.root.dataset;
      if (reason === "signed-out") location.reload();
      else if (reason === "silent" || reason === "shutdown" || reason === "failed") this.dropped();
      else if (reason === "taken-over") { this.canTake = true; this.stop(reason, "busy", text.textBusy); }
      else if (reason === "third") this.stop(reason, "third", fill(text.textTwo, { Other: this.name }));
      else if (reason === "offline") this.stop(reason, this.root.dataset.base === "ready" ? "unreached" : null, text.textOffline);
      else if (reason === "plan") this.stop(reason, "plan", null);
      else this.stop(reason);
    }

    // A drop: a few more tries with growing pauses, each a view of its own.
    async dropped() {
      if (this.frames === 0 && this.tries === 0) { this.dark(); return; }
      if (this.tries >= pauses.length) { this.stop("lost", "fail", this.root.dataset.textFail); return; }
      const pause = pauses[this.tries++];
      const run = ++this.run;
      const words = fill(this.root.dataset.textLost, { n: this.tries });
      this.root.querySelector("[data-lost]").textContent = words;
      const closing = this.close("dropped");
      this.set("lost", words);
      await Promise.all([closing, rest(pause)]);
      if (run === this.run) await this.start({ state: "lost" });
    }

    // No picture came at all: blocked, unreadable, or the camera does not send.
    dark() {
      const text = this.root.dataset;
      if (this.pc?.connectionState !== "connected") this.stop("lost", "network", text.textNetwork);
      else if (this.bytes > 20000) this.stop("lost", "protected", text.textProtected);
      else if (this.tries > 0) this.dropped();
      else this.stop("lost", "fail", text.textFail);
    }

    async failed() {
      if (this.tries > 0) await this.dropped();
      else await this.stop("lost", "fail", this.root.dataset.textFail);
    }

    async refused(answer, run) {
      const problem = await answer.json().catch(() => ({}));
      if (run !== this.run) return;
      const text = this.root.dataset;
      if (answer.status === 401) location.reload();
      else if (problem.code === "busy") { this.canTake = problem.takeOver; await this.stop("left", "busy", text.textBusy); }
      else if (problem.code === "two") { say(fill(text.textTwo, { Other: problem.otherName })); await this.start({ state: this.state, stopOldest: true }); }
      else if (problem.code === "relink_required") await this.stop("left", "relink", null);
      else if (problem.code === "plan") await this.stop("left", "plan", null);
      else if (problem.code === "device_offline") await this.stop("left", "unreached", text.textOffline);
      else if (problem.code === "ended") await this.stop("left");
      else await this.failed();
    }

    act(what) {
      const { video } = this;
      if (what === "start" || what === "take") { this.tries = this.kept = 0; this.start({ takeOver: what === "take" }); }
      else if (what === "keep" && (this.state === "live" || this.state === "ending")) { this.kept++; this.start({ state: "again", reason: "again" }); }
      else if (what === "stop" && this.isBusy) this.stop("stopped");
      else if (what === "sound") { this.muted = video.muted = !video.muted; this.paint(); }
      else if (what === "pip" && !video.hidden) (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture?.())?.catch(() => {});
      else if (what === "full") fullScreen(this.root, video);
    }
  }

  const fullScreen = (element, video) => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (element.requestFullscreen) element.requestFullscreen().catch(() => {});
    else video?.webkitEnterFullscreen?.();
  };

  // A third one stops the oldest.
  const makeRoom = next => {
    const running = [...players.values()].filter(player => player !== next && player.isBusy).sort((one, other) => one.startedAt - other.startedAt);
    for (const oldest of running.slice(0, Math.max(0, running.length - atOnce + 1)))
      oldest.stop("stopped", "third", fill(oldest.root.dataset.textTwo, { Other: oldest.name }));
  };

  const playerOf = element => players.get(element?.closest?.("[data-live]")?.dataset.live);

  // Players follow what is on the page.
  const scan = () => {
    for (const root of document.querySelectorAll("[data-live]")) {
      const known = players.get(root.dataset.live);
      if (!known) players.set(root.dataset.live, new Player(root));
      else if (known.root !== root && !known.root.isConnected) known.attach(root);
      else if (known.state === "unreached" && root.dataset.base !== "ready") known.set(null);
    }
    for (const [id, player] of players) {
      if (player.root.isConnected) continue;
      players.delete(id);
      player.run++;
      player.close("left");
    }
    follow();
  };

  // A tap on a card brought the reader here; a reload or Back did not.
  const follow = () => {
    const [id, at] = (sessionStorage.getItem(intentKey) ?? "").split(" ");
    const player = players.get(id);
    if (!player) return;
    sessionStorage.removeItem(intentKey);
    if (Date.now() - Number(at) < intentFor && player.root.dataset.base === "ready" && !player.state && !document.hidden) player.act("start");
  };

  document.addEventListener("click", event => {
    const link = event.target.closest?.("[data-live-go]");
    if (link && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) sessionStorage.setItem(intentKey, `${link.dataset.liveGo} ${Date.now()}`);
    const button = event.target.closest?.("[data-live-act]");
    if (button) playerOf(button)?.act(button.dataset.liveAct);
    const wall = event.target.closest?.("[data-wall-full]");
    if (wall) fullScreen(document.querySelector("[data-wall]"));
  }, true);

  const keys = { k: "keep", m: "sound", p: "pip", f: "full", s: "stop" };
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
    const what = keys[event.key.toLowerCase()];
    const player = what && playerOf(event.target);
    if (player && player.state) { player.act(what); event.preventDefault(); return; }
    const tile = arrows[event.key] && event.target.closest?.("[data-wall] > li");
    if (tile && move(tile, arrows[event.key])) event.preventDefault();
  });

  // To the nearest tile in that direction; within it to what starts it, or else to its name.
  const move = (tile, [right, down]) => {
    const from = tile.getBoundingClientRect();
    const tiles = [...tile.parentElement.children].map(other => ({ other, at: other.getBoundingClientRect() })).filter(({ other, at }) => other !== tile
      && (right ? Math.abs(at.top - from.top) < 2 && (at.left - from.left) * right > 0 : (at.top - from.top) * down > 2));
    tiles.sort((one, two) => Math.hypot(one.at.left - from.left, one.at.top - from.top) - Math.hypot(two.at.left - from.left, two.at.top - from.top));
    const next = tiles[0]?.other;
    const stops = [...next?.querySelectorAll("[data-live-act]") ?? [], ...next?.querySelectorAll("a") ?? []];
    stops.find(stop => stop.tabIndex >= 0 && stop.offsetParent)?.focus();
    return Boolean(next);
  };

  // In full screen the controls leave after a while and come back with any sign of life.
  let quiet;
  const awake = () => {
    const full = document.fullscreenElement;
    if (!full) return;
    full.classList.remove("rp-quiet");
    clearTimeout(quiet);
    quiet = setTimeout(() => full.classList.add("rp-quiet"), 3000);
  };
  for (const sign of ["pointermove", "pointerdown", "keydown", "touchstart", "fullscreenchange"]) document.addEventListener(sign, awake, { passive: true });

  // Nobody looks: nothing streams. A picture in its own little window is looked at.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    for (const player of players.values()) if (player.isBusy && document.pictureInPictureElement !== player.video) player.stop("left", "ended", null);
  });
  window.addEventListener("pagehide", () => {
    for (const player of players.values()) if (player.isBusy) player.stop("left", "ended", null);
  });

  window.addEventListener("pageshow", event => {
    if (event.persisted) for (const player of players.values()) player.set(null);
  });

  // What the circuit tells: live views that are over.
  window.rpLive = {
    over: list => {
      for (const { id, reason } of list) for (const player of players.values()) if (player.session === id) player.over(reason);
    },
  };

  new MutationObserver(() => { if (players.size > 0 || document.querySelector("[data-live]")) scan(); })
    .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-base"] });
  scan();
})();
