// Pictures and recordings. What was fetched is remembered here and painted onto whatever elements stand on the page now:
// pages redraw themselves, and a press may come before they are alive. Nothing is asked twice, also not what was missing.
(() => {
  "use strict";

  const FRESH = 5 * 60000;
  const KEPT_STILLS = 200;
  const KEPT_CLIPS = 4;
  const stills = new Map();
  const events = new Map();

  const pause = (milliseconds, signal) => new Promise((go, stop) => {
    const timer = setTimeout(go, milliseconds);
    signal?.addEventListener("abort", () => { clearTimeout(timer); stop(signal.reason); }, { once: true });
  });

  const wait = answer => Math.min(Math.max(Number(answer.headers.get("Retry-After")) || 2, 1), 15) * 1000;

  // Asks, and asks again while Ring prepares it; "later" is told meanwhile.
  const ask = async (address, later, signal, tries = 6) => {
    for (;;) {
      const answer = await fetch(address, { cache: "no-store", signal });
      if (answer.status !== 503 || --tries === 0) return answer;
      await answer.body?.cancel();
      later();
      await pause(wait(answer), signal);
    }
  };

  const reason = async answer => {
    let word = "";
    try { word = (await answer.json()).error ?? ""; } catch { /* No reason was given. */ }
    return answer.status === 404 ? "none"
      : word === "protected" ? "protected"
      : answer.status === 403 ? (word === "plan" ? "plan" : "denied")
      : answer.status === 409 ? "relink"
      : answer.status === 503 || answer.status === 504 ? "wait"
      : "bad";
  };

  // Elements may be redrawn at any moment: only what differs is written, so that writing is no news to the watcher.
  const put = (element, name, value) => {
    if (!element) return;
    if (value === null || value === false) { if (element.hasAttribute(name)) element.removeAttribute(name); return; }
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  };
  const say = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  // "just now", "2 min ago", "14:20", "Yesterday, 21:14" or "Mon 16 Nov, 08:05": as the rest of the page says it.
  const zoned = (time, zone, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(time);
  const moment = (at, data) => {
    const zone = data.zone || "UTC";
    const day = time => zoned(time, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
    const clock = zoned(at, zone, { hour: "2-digit", minute: "2-digit" });
    if (day(at) === day(Date.now())) return clock;
    if (day(at) === day(Date.now() - 86400000)) return `${data.textYesterday}, ${clock}`;
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric", month: "short" }).formatToParts(at).map(part => [part.type, part.value]));
    return `${parts.weekday} ${parts.day} ${parts.month.slice(0, 3)}, ${clock}`;
  };
  const spoken = (at, data) => {
    const minutes = Math.floor((Date.now() - at) / 60000);
    // Ring's clock may be a little ahead of this one.
    return minutes < -1 || minutes >= 60 ? moment(at, data)
      : minutes <= 0 ? data.textNow
      : fill(data.textMinutes, { n: minutes });
  };
  const exact = (at, zone) => `${zoned(at, zone || "UTC", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" })}, ${zone || "UTC"}`;

  // ---- The latest picture of a camera: data-still ----

  const forget = (map, most, isShown) => {
    for (const [key, entry] of map) {
      if (map.size <= most) return;
      if (isShown(key) || entry.busy) continue;
      for (const address of [entry.url, entry.clip?.url]) if (address) URL.revokeObjectURL(address);
      map.delete(key);
    }
  };

  const paintStill = root => {
    const still = stills.get(root.dataset.still);
    const picture = root.querySelector("img");
    const hasPicture = Boolean(still?.url);
    root.dataset.state = still?.state ?? "waiting";
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

  const rootsOf = (name, key) => [...document.querySelectorAll(`[data-${name}]`)].filter(root => root.dataset[name] === key);

  const load = async (address, still, version) => {
    still.busy = true;
    still.version = version;
    still.asked = Date.now();
    try {
      const answer = await ask(address, () => {});
      if (answer.ok) {
        const at = Number(answer.headers.get("X-Media-Timestamp")) || null;
        const again = answer.headers.has("Retry-After") && (still.again ?? 0) < 3 ? wait(answer) : 0;
        const url = URL.createObjectURL(await answer.blob());
        const size = new Image();
        size.src = url;
        await size.decode();
        if (still.url) setTimeout(URL.revokeObjectURL, 10000, still.url);
        Object.assign(still, { url, at, state: "shown", ratio: `${size.naturalWidth} / ${size.naturalHeight}`, again: again ? (still.again ?? 0) + 1 : 0 });
        // A newer one is being prepared at Ring.
        if (again) setTimeout(() => load(address, still, still.version), again);
      } else {
        still.state = await reason(answer);
      }
    } catch {
      still.state = "wait";
    }
    still.busy = false;
    for (const root of rootsOf("still", address)) paintStill(root);
    forget(stills, KEPT_STILLS, key => rootsOf("still", key).length > 0);
    refresh();
  };

  const look = root => {
    const address = root.dataset.still;
    const version = root.dataset.version ?? "";
    let still = stills.get(address);
    if (!still) stills.set(address, still = {});
    const isNew = still.asked === undefined || still.version !== version;
    if (!still.busy && !document.hidden && (isNew || Date.now() - still.asked > FRESH)) load(address, still, version);
  };

  const sight = new IntersectionObserver(seen => {
    for (const entry of seen) if (entry.isIntersecting) look(entry.target);
  }, { rootMargin: "200px" });
  const watched = new WeakSet();

  const meetStill = root => {
    paintStill(root);
    if (root.dataset.eager !== undefined) look(root);
    else if (!watched.has(root)) { watched.add(root); sight.observe(root); }
    else if (inSight(root)) look(root);
  };
  const inSight = root => {
    const box = root.getBoundingClientRect();
    return box.bottom > -200 && box.top < innerHeight + 200 && box.width > 0;
  };

  // ---- Picture and recording of an event: data-media ----

  const eventOf = key => {
    if (!events.has(key)) events.set(key, { image: {}, clip: {} });
    return events.get(key);
  };
  const megabytes = bytes => (bytes / 1000000).toFixed(1);

  const paintEvent = root => {
    const { image, clip } = eventOf(root.dataset.media);
    const data = root.dataset;
    const isPlaying = Boolean(clip.url && clip.play);
    const [picture, video] = [root.querySelector("img"), root.querySelector("video")];
    put(picture, "hidden", !image.url || isPlaying);
    if (image.url) { put(picture, "src", image.url); put(picture, "alt", data.alt); }
    put(video, "hidden", !isPlaying);
    // One player may stand for another event than before.
    if (video && !isPlaying && video.hasAttribute("src")) { video.removeAttribute("src"); video.load(); }
    if (isPlaying) {
      if (image.url) put(video, "poster", image.url);
      if (video.getAttribute("src") !== clip.url) {
        video.src = clip.url;
        if (clip.time) video.currentTime = clip.time;
        if (!clip.paused) video.play().catch(() => {});
      }
    }
    const frame = root.querySelector(".rp-media-none");
    put(frame, "hidden", Boolean(image.url) || isPlaying);
    say(frame?.querySelector("span"), image.state && !["loading", "wait"].includes(image.state) ? data[`text${name(image.state)}`] ?? data.textBad : "");

    const isBusy = Boolean(clip.busy);
    // What is said of the recording; of the picture, the frame itself says it.
    const said = root.querySelector(".rp-media-said");
    const state = clip.state && !["loading", "shown"].includes(clip.state) ? clip.state : image.state === "wait" ? "wait" : "";
    const text = state ? data[`text${name(state)}`] ?? data.textBad : "";
    put(said, "hidden", text === "");
    put(said?.querySelector("[data-clip-again]"), "hidden", isBusy || (state !== "wait" && state !== "bad"));
    say(said?.querySelector("[data-said]"), text);
    const progress = root.querySelector(".rp-media-progress");
    put(progress, "hidden", !isBusy);
    const bar = progress?.querySelector("progress");
    if (isBusy && bar) {
      put(bar, "max", clip.total ?? null);
      put(bar, "value", clip.total ? clip.loaded : null);
      say(progress.querySelector("span"), clip.total ? fill(data.textOf, { loaded: megabytes(clip.loaded), total: megabytes(clip.total) }) : fill(data.textLoaded, { loaded: megabytes(clip.loaded ?? 0) }));
    }
    put(root.querySelector("[data-clip-play]"), "hidden", isPlaying);
    for (const control of root.querySelectorAll("[data-clip-play], [data-clip-save]")) put(control, "aria-disabled", isBusy ? "true" : null);
  };
  const name = state => state[0].toUpperCase() + state.slice(1);
  const paintAll = key => { for (const root of rootsOf("media", key)) paintEvent(root); };

  const loadImage = async key => {
    const { image } = eventOf(key);
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

  // What is called our own name for the file stands in the answer.
  const fileName = answer => {
    const header = answer.headers.get("Content-Disposition") ?? "";
    const star = /filename\*=UTF-8''([^;]+)/i.exec(header);
    return star ? decodeURIComponent(star[1]) : /filename="([^"]+)"/i.exec(header)?.[1] ?? "recording.mp4";
  };

  const count = (answer, clip, key) => {
    clip.total = Number(answer.headers.get("Content-Length")) || null;
    clip.loaded = 0;
    let painted = 0;
    return new Response(answer.body.pipeThrough(new TransformStream({
      transform(piece, out) {
        clip.loaded += piece.byteLength;
        out.enqueue(piece);
        if (performance.now() - painted > 100) { painted = performance.now(); paintAll(key); }
      },
    })), { headers: { "Content-Type": "video/mp4" } });
  };

  const loadClip = async key => {
    const entry = eventOf(key);
    const clip = entry.clip;
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
    forget(events, KEPT_CLIPS, other => other === key || rootsOf("media", other).length > 0);
    paintAll(key);
    return Boolean(clip.url);
  };

  const play = async key => {
    const { clip } = eventOf(key);
    Object.assign(clip, { play: true, paused: false, time: 0 });
    await loadClip(key);
    if (!clip.url) clip.play = false;
    paintAll(key);
    const video = rootsOf("media", key)[0]?.querySelector("video:not([hidden])");
    if (video && document.activeElement?.closest(`[data-media="${key}"]`)) video.focus({ preventScroll: true });
  };

  const save = async key => {
    const { clip } = eventOf(key);
    if (!await loadClip(key)) return;
    const link = Object.assign(document.createElement("a"), { href: clip.url, download: clip.name });
    link.click();
  };

  const again = key => {
    const { image, clip } = eventOf(key);
    if (!image.url) { image.state = null; loadImage(key); }
    if (clip.state) play(key);
  };

  document.addEventListener("click", event => {
    const control = event.target.closest?.("[data-clip-play], [data-clip-save], [data-clip-cancel], [data-clip-again]");
    const key = control?.closest("[data-media]")?.dataset.media;
    if (!key) return;
    if (control.hasAttribute("data-clip-save") && (event.metaKey || event.ctrlKey || event.shiftKey)) return;
    event.preventDefault();
    const entry = eventOf(key);
    if (control.hasAttribute("data-clip-cancel")) entry.clip.leave?.abort();
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
      Object.assign(eventOf(key).clip, { time: event.target.currentTime, paused: event.target.paused && !event.target.ended });
    }, true);
  }

  // ---- The page, as it is now ----

  let planned = false;
  const refresh = () => {
    planned = false;
    for (const root of document.querySelectorAll("[data-still]")) meetStill(root);
    // What left the page does not play by itself when it comes back.
    for (const [key, entry] of events) if (entry.clip.play && rootsOf("media", key).length === 0) entry.clip.paused = true;
    for (const root of document.querySelectorAll("[data-media]")) { paintEvent(root); loadImage(root.dataset.media); }
  };
  const plan = () => {
    if (planned) return;
    planned = true;
    queueMicrotask(refresh);
  };

  new MutationObserver(plan).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-still", "data-version", "data-media"] });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) plan(); });
  setInterval(() => { if (!document.hidden) plan(); }, 30000);
  refresh();
})();
