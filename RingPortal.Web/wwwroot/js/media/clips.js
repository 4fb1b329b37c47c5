// Recordings: fetched once with progress, then played and saved from memory.

import { ask, fileName, reason } from "./ask.js";
import { events, loadImage, paintAll } from "./events.js";
import { rootsOf } from "./put.js";

const paintEvery = 100;

// The body as it comes, counted on its way.
const count = (answer, clip, key) => {
  clip.total = Number(answer.headers.get("Content-Length")) || null;
  clip.loaded = 0;
  let painted = 0;
  return new Response(answer.body.pipeThrough(new TransformStream({
    transform(piece, out) {
      clip.loaded += piece.byteLength;
      out.enqueue(piece);
      if (performance.now() - painted > paintEvery) { painted = performance.now(); paintAll(key); }
    },
  })), { headers: { "Content-Type": "video/mp4" } });
};

const load = async key => {
  const entry = events.of(key);
  const { clip } = entry;
  if (clip.url) return true;
  if (clip.busy) return false;
  const leave = new AbortController();
  Object.assign(clip, { busy: true, leave, loaded: 0, total: null, state: "loading" });
  entry.busy = true;
  paintAll(key);
  try {
    const answer = await ask(`/media/events/${key}/clip`, () => { clip.state = "wait"; paintAll(key); }, leave.signal);
    if (answer.ok) {
      clip.state = "loading";
      clip.name = fileName(answer);
      clip.url = URL.createObjectURL(await count(answer, clip, key).blob());
      clip.state = "shown";
    } else {
      clip.state = await reason(answer);
    }
  } catch (broken) {
    clip.state = leave.signal.aborted ? null : broken instanceof TypeError ? "bad" : "wait";
  }
  entry.busy = clip.busy = false;
  events.forget(key);
  paintAll(key);
  return Boolean(clip.url);
};

const play = async key => {
  const { clip } = events.of(key);
  Object.assign(clip, { play: true, paused: false, time: 0 });
  await load(key);
  if (!clip.url) clip.play = false;
  paintAll(key);
  const video = rootsOf("media", key)[0]?.querySelector("video:not([hidden])");
  if (video && document.activeElement?.closest(`[data-media="${key}"]`)) video.focus({ preventScroll: true });
};

const save = async key => {
  const { clip } = events.of(key);
  if (!await load(key)) return;
  Object.assign(document.createElement("a"), { href: clip.url, download: clip.name }).click();
};

const again = key => {
  const { image, clip } = events.of(key);
  if (!image.url) { image.state = null; loadImage(key); }
  if (clip.state) play(key);
};

document.addEventListener("click", event => {
  const control = event.target.closest?.("[data-clip-play], [data-clip-save], [data-clip-cancel], [data-clip-again]");
  const key = control?.closest("[data-media]")?.dataset.media;
  if (!key) return;
  if (control.hasAttribute("data-clip-save") && (event.metaKey || event.ctrlKey || event.shiftKey)) return;
  event.preventDefault();
  if (control.hasAttribute("data-clip-cancel")) events.of(key).clip.leave?.abort();
  else if (control.getAttribute("aria-disabled") === "true") return;
  else if (control.hasAttribute("data-clip-again")) again(key);
  else if (control.hasAttribute("data-clip-play")) play(key);
  else save(key);
});

// A redrawn player goes on where the one before it was.
for (const kind of ["timeupdate", "pause", "play"]) {
  document.addEventListener(kind, event => {
    const key = event.target.closest?.("[data-media]")?.dataset.media;
    if (!key || !event.target.isConnected || event.target.hidden) return;
    Object.assign(events.of(key).clip, { time: event.target.currentTime, paused: event.target.paused && !event.target.ended });
  }, true);
}
