// The live view of one camera: begins by a tap, ends with a word to the portal on every way out, tries again after a drop.

import { announce, fill } from "../words.js";
import { fullScreen } from "./full-screen.js";
import { Heartbeat } from "./heartbeat.js";
import { Limit } from "./limit.js";
import { darknessOf, endOf, refusalOf } from "./outcomes.js";
import { Picture } from "./picture.js";
import { makeRoom } from "./players.js";
import * as relay from "./relay.js";
import { View } from "./view.js";

const seenLately = 2000;
const warnAt = 10;
const batteryAfter = 5;
const pauses = [1000, 2000, 4000];
// The camera still plays for whoever begins anew.
const interrupted = ["silent", "shutdown", "failed"];

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const rest = milliseconds => new Promise(done => setTimeout(done, milliseconds));

export class Player {
  view = new View();
  // What was begun before a newer act is told apart by this number.
  run = 0;
  kept = 0;
  tries = 0;
  session = null;
  picture = null;
  startedAt = 0;

  constructor(root) {
    [this.id, this.name] = [root.dataset.live, root.dataset.name];
    this.attach(root);
  }

  attach(root) {
    this.view.attach(root);
    this.view.video.addEventListener("leavepictureinpicture", () => { if (document.hidden) this.stop("left"); });
    if (this.picture) this.view.play(this.picture.stream);
    this.view.paint(this.facts);
  }

  get isBusy() { return this.picture !== null || this.view.state === "lost"; }
  get facts() { return { battery: this.kept >= batteryAfter, take: this.canTake }; }

  set(state, words) { this.view.set(state, words, this.facts); }

  // Ends what runs. Done when the portal has answered, so that the next one never overlaps.
  async close(reason) {
    const { session, picture } = this;
    [this.session, this.picture] = [null, null];
    clearInterval(this.timer);
    this.heartbeat?.stop();
    this.quit?.abort();
    if (picture) {
      this.view.hold();
      picture.close();
    }
    this.view.play(null);
    if (session) await relay.end(session, reason);
  }

  async stop(reason, state = "ended", words = this.view.texts.textEnded) {
    this.run++;
    this.tries = 0;
    const inside = this.view.hasFocus;
    const closing = this.close(reason);
    this.set(state, words);
    if (inside) this.view.focus();
    await closing;
  }

  async start({ state = "connecting", reason = "stopped", takeOver = false, stopOldest = false } = {}) {
    const run = ++this.run;
    const inside = this.view.hasFocus;
    makeRoom(this);
    const closing = this.close(reason);
    this.startedAt = performance.now();
    this.quit = new AbortController();
    const picture = this.picture = new Picture({ shown: () => this.view.play(picture.stream), failed: () => this.dropped() });
    this.set(state, state === "connecting" ? this.view.texts.textConnecting : state === "again" ? this.view.texts.textMoment : null);
    if (inside) this.view.focus();
    await closing;
    if (run !== this.run) return;
    try {
      const offer = await picture.offer();
      if (run !== this.run) return;
      const answer = await relay.begin(this.id, offer, { takeOver, stopOldest, signal: this.quit.signal });
      const session = relay.sessionOf(answer);
      if (run !== this.run) { if (answer.status === 201) relay.end(session, "left"); return; }
      if (answer.status !== 201) { await this.refused(answer, run); return; }
      this.begin(session, Number(answer.headers.get("X-Live-Seconds")), answer.headers.get("X-Live-Learnt") === "yes");
      const sdp = await answer.text();
      if (run === this.run) await picture.answer(sdp);
    } catch (error) {
      if (run !== this.run || error.name === "AbortError") return;
      await this.failed();
    }
  }

  begin(session, seconds, learnt) {
    this.session = session;
    this.limit = new Limit(seconds, learnt);
    this.picture.framesAt = this.limit.since;
    this.warned = false;
    this.timer = setInterval(() => this.tick(), calm.matches ? 1000 : 250);
    const { picture } = this;
    this.heartbeat = new Heartbeat(session, { isSeen: () => performance.now() - picture.framesAt < seenLately, over: reason => this.over(reason) });
  }

  async tick() {
    const { picture, run } = this;
    await picture?.count();
    if (!picture || run !== this.run || picture !== this.picture) return;
    const meaning = this.limit.meaning(picture);
    if (meaning === "dark") { this.dark(); return; }
    if (meaning === "wait" || !this.view.hasPicture) return;
    if (!this.view.isShown) { this.view.letGo(); this.set("live"); }
    if (this.limit.isSettled) this.tries = 0;
    if (meaning === "dropped") { this.dropped(); return; }
    if (meaning === "lost" || meaning === "limit") { this.stop(meaning); return; }
    if (meaning === "longer") {
      this.limit.lengthen();
      this.warned = false;
      this.set("live");
      this.heartbeat.beat(true);
    }
    this.countDown();
  }

  countDown() {
    const { left } = this.limit;
    this.view.countDown(this.limit);
    if (left > warnAt || this.warned) return;
    this.warned = true;
    this.set("ending", left > warnAt / 2 ? this.view.texts.textSoon : null);
  }

  // It ended elsewhere.
  over(reason) {
    this.session = null;
    if (reason === "signed-out") { location.reload(); return; }
    if (interrupted.includes(reason)) { this.dropped(); return; }
    this.canTake = reason === "taken-over";
    this.stop(reason, ...endOf(reason, this.view.texts, this.name));
  }

  // A drop: a few more tries with growing pauses, each a view of its own.
  async dropped() {
    if (!this.picture?.frames && this.tries === 0) { this.dark(); return; }
    if (this.tries >= pauses.length) { this.stop("lost", "fail", this.view.texts.textFail); return; }
    const pause = pauses[this.tries++];
    const run = ++this.run;
    const words = fill(this.view.texts.textLost, { n: this.tries });
    this.view.tellLost(words);
    const closing = this.close("dropped");
    this.set("lost", words);
    await Promise.all([closing, rest(pause)]);
    if (run === this.run) await this.start({ state: "lost" });
  }

  // No picture came at all: blocked, unreadable, or the camera does not send.
  dark() {
    const said = darknessOf(this.picture, this.view.texts);
    if (said) this.stop("lost", ...said);
    else this.failed();
  }

  async failed() {
    if (this.tries > 0) await this.dropped();
    else await this.stop("lost", "fail", this.view.texts.textFail);
  }

  async refused(answer, run) {
    const problem = await answer.json().catch(() => ({}));
    if (run !== this.run) return;
    if (answer.status === 401) { location.reload(); return; }
    if (problem.code === "two") {
      announce(fill(this.view.texts.textTwo, { Other: problem.otherName }));
      await this.start({ state: this.view.state, stopOldest: true });
      return;
    }
    this.canTake = problem.takeOver === true;
    const said = refusalOf(problem.code, this.view.texts);
    if (said) await this.stop("left", ...said);
    else await this.failed();
  }

  act(what) {
    const { view } = this;
    if (what === "start" || what === "take") { this.tries = this.kept = 0; this.start({ takeOver: what === "take" }); }
    else if (what === "keep" && view.isShown) { this.kept++; this.start({ state: "again", reason: "again" }); }
    else if (what === "stop" && this.isBusy) this.stop("stopped");
    else if (what === "sound") { view.toggleSound(); view.paint(this.facts); }
    else if (what === "pip") view.togglePip();
    else if (what === "full") fullScreen(view.root, view.video);
  }
}
