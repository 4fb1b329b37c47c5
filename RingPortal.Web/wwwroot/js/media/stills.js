// The latest picture of a camera: data-still. It is asked for while somebody can see it, anew after a newer event (data-version)
// or when it is some minutes old, and not at all while the page knows that there is none (data-none).

import { fill } from "../words.js";
import { ask, reason, wait } from "./ask.js";
import { Memory } from "./memory.js";
import { put, rootsOf, say } from "./put.js";
import { exact, moment, spoken } from "./times.js";

const fresh = 5 * 60000;
const mostAgain = 3;
const around = 200;
const revokeAfter = 10000;

const stills = new Memory(200, () => ({}), key => rootsOf("still", key).length > 0);
const watched = new WeakSet();

const paint = root => {
  const still = stills.of(root.dataset.still);
  const picture = root.querySelector("img");
  const hasPicture = Boolean(still.url);
  root.dataset.state = still.state ?? "waiting";
  put(picture, "hidden", !hasPicture);
  put(root.querySelector(".rp-still-none"), "hidden", hasPicture);
  const chip = root.querySelector(".rp-age");
  put(chip, "hidden", !hasPicture || !still.at);
  if (!hasPicture) return;
  put(picture, "src", still.url);
  put(picture, "alt", still.at ? fill(root.dataset.textAlt, { Time: moment(still.at, root.dataset) }) : fill(root.dataset.textAlt, { Time: "" }).replace(/, $/, ""));
  if (root.dataset.fit !== undefined && still.ratio && root.style.aspectRatio !== still.ratio) root.style.aspectRatio = still.ratio;
  if (!still.at) return;
  const time = chip?.querySelector("time");
  say(time, spoken(still.at, root.dataset));
  put(time, "datetime", new Date(still.at).toISOString());
  put(time, "title", exact(still.at, root.dataset.zone));
};

const take = async (answer, address, still) => {
  const at = Number(answer.headers.get("X-Media-Timestamp")) || null;
  const again = answer.headers.has("Retry-After") && (still.again ?? 0) < mostAgain ? wait(answer) : 0;
  const url = URL.createObjectURL(await answer.blob());
  const size = new Image();
  size.src = url;
  await size.decode();
  if (still.url) setTimeout(URL.revokeObjectURL, revokeAfter, still.url);
  Object.assign(still, { url, at, state: "shown", ratio: `${size.naturalWidth} / ${size.naturalHeight}`, again: again ? (still.again ?? 0) + 1 : 0 });
  // A newer one is being prepared at Ring.
  if (again) setTimeout(() => load(address, still, still.version), again);
};

const load = async (address, still, version) => {
  Object.assign(still, { busy: true, version, asked: Date.now() });
  try {
    const answer = await ask(address, () => {});
    if (answer.ok) await take(answer, address, still);
    else still.state = await reason(answer);
  } catch {
    still.state = "wait";
  }
  still.busy = false;
  stills.forget();
  // What came meanwhile is looked at as well.
  for (const root of rootsOf("still", address)) meet(root);
};

const look = root => {
  const address = root.dataset.still;
  const version = root.dataset.version ?? "";
  const still = stills.of(address);
  const isNew = still.asked === undefined || still.version !== version;
  if (!still.busy && !document.hidden && root.dataset.none === undefined && (isNew || Date.now() - still.asked > fresh)) load(address, still, version);
};

const sight = new IntersectionObserver(seen => {
  for (const entry of seen) if (entry.isIntersecting) look(entry.target);
}, { rootMargin: `${around}px` });

const isInSight = root => {
  const box = root.getBoundingClientRect();
  return box.bottom > -around && box.top < innerHeight + around && box.width > 0;
};

const meet = root => {
  paint(root);
  if (root.dataset.eager !== undefined) look(root);
  else if (!watched.has(root)) { watched.add(root); sight.observe(root); }
  else if (isInSight(root)) look(root);
};

export const refreshStills = () => { for (const root of document.querySelectorAll("[data-still]")) meet(root); };
