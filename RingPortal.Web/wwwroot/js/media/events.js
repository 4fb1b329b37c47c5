// Picture and recording of an event, as they stand on the page: data-media.

import { fill } from "../words.js";
import { ask, reason } from "./ask.js";
import { Memory } from "./memory.js";
import { put, rootsOf, say } from "./put.js";

const silent = ["loading", "wait"];

export const events = new Memory(4, () => ({ image: {}, clip: {} }), key => rootsOf("media", key).length > 0);

const megabytes = bytes => (bytes / 1000000).toFixed(1);
const wordsOf = (data, state) => data[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? data.textBad;

const paintVideo = (video, { image, clip }, isPlaying) => {
  put(video, "hidden", !isPlaying);
  // One player may stand for another event than before.
  if (video && !isPlaying && video.hasAttribute("src")) { video.removeAttribute("src"); video.load(); }
  if (!isPlaying) return;
  if (image.url) put(video, "poster", image.url);
  if (video.getAttribute("src") === clip.url) return;
  video.src = clip.url;
  if (clip.time) video.currentTime = clip.time;
  if (!clip.paused) video.play().catch(() => {});
};

const paintProgress = (root, clip) => {
  const progress = root.querySelector(".rp-media-progress");
  put(progress, "hidden", !clip.busy);
  const bar = progress?.querySelector("progress");
  if (!clip.busy || !bar) return;
  const { textOf, textLoaded } = root.dataset;
  put(bar, "max", clip.total ?? null);
  put(bar, "value", clip.total ? clip.loaded : null);
  say(progress.querySelector("span"), fill(clip.total ? textOf : textLoaded, { loaded: megabytes(clip.loaded ?? 0), total: megabytes(clip.total ?? 0) }));
};

// What is said of the recording; of the picture, the frame itself says it.
const paintSaid = (root, { image, clip }) => {
  const state = clip.state && !["loading", "shown"].includes(clip.state) ? clip.state : image.state === "wait" ? "wait" : "";
  const said = root.querySelector(".rp-media-said");
  put(said, "hidden", state === "");
  put(said?.querySelector("[data-clip-again]"), "hidden", Boolean(clip.busy) || (state !== "wait" && state !== "bad"));
  say(said?.querySelector("[data-said]"), state ? wordsOf(root.dataset, state) : "");
};

export const paintEvent = root => {
  const entry = events.of(root.dataset.media);
  const { image, clip } = entry;
  const isPlaying = Boolean(clip.url && clip.play);
  const picture = root.querySelector("img");
  put(picture, "hidden", !image.url || isPlaying);
  if (image.url) { put(picture, "src", image.url); put(picture, "alt", root.dataset.alt); }
  paintVideo(root.querySelector("video"), entry, isPlaying);
  const frame = root.querySelector(".rp-media-none");
  put(frame, "hidden", Boolean(image.url) || isPlaying);
  say(frame?.querySelector("span"), image.state && !silent.includes(image.state) ? wordsOf(root.dataset, image.state) : "");
  paintSaid(root, entry);
  paintProgress(root, clip);
  put(root.querySelector("[data-clip-play]"), "hidden", isPlaying);
  for (const control of root.querySelectorAll("[data-clip-play], [data-clip-save]")) put(control, "aria-disabled", clip.busy ? "true" : null);
};

export const paintAll = key => { for (const root of rootsOf("media", key)) paintEvent(root); };

export const loadImage = async key => {
  const { image } = events.of(key);
  if (image.state) return;
  image.state = "loading";
  try {
    const answer = await ask(`/media/events/${key}/image`, () => { image.state = "wait"; paintAll(key); });
    if (answer.ok) { image.url = URL.createObjectURL(await answer.blob()); image.state = "shown"; }
    else image.state = await reason(answer);
  } catch {
    image.state = "wait";
  }
  paintAll(key);
};

export const refreshEvents = () => {
  // What left the page does not play by itself when it comes back.
  for (const [key, entry] of events.entries) if (entry.clip.play && rootsOf("media", key).length === 0) entry.clip.paused = true;
  for (const root of document.querySelectorAll("[data-media]")) { paintEvent(root); loadImage(root.dataset.media); }
};
