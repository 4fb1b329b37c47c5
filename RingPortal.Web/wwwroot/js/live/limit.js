// How long a live view lasts. Ring ends it after 30 or 60 seconds and does not tell which: the shorter is expected, and a
// picture that still comes then teaches the longer one.

const shortest = 30;
const longest = 60;
const firstFrameWithin = 15000;
const stalledAfter = 6000;
const settledAfter = 10000;

export class Limit {
  constructor(seconds, learnt) {
    this.since = performance.now();
    this.learnt = learnt;
    // Where the limit is known the page is faster than Ring.
    this.until = learnt ? seconds - 1 : shortest;
  }

  // What the picture of this moment means: dark, wait, limit, lost, dropped, longer or on.
  meaning({ frames, framesAt }, now = performance.now()) {
    const [elapsed, stalled] = [now - this.since, now - framesAt];
    const seconds = elapsed / 1000;
    if (frames === 0) return elapsed > firstFrameWithin ? "dark" : "wait";
    if (!this.learnt && seconds > shortest + 0.6 && stalled < 500) return "longer";
    if (!this.learnt && seconds > shortest + 2.5 && stalled > 1500) return "lost";
    if (this.learnt && seconds >= this.until) return "limit";
    if (stalled > stalledAfter) return seconds - stalled / 1000 > this.until - 3 ? "lost" : "dropped";
    return "on";
  }

  lengthen() { Object.assign(this, { learnt: true, until: longest - 1 }); }

  // It runs long enough: what drops now drops for the first time.
  get isSettled() { return performance.now() - this.since > settledAfter; }

  get left() { return Math.max(0, Math.ceil(this.until - (performance.now() - this.since) / 1000)); }

  get share() { return this.left / Math.max(this.until, 1); }
}
