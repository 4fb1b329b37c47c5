// Pictures and recordings. What was fetched is remembered and painted onto whatever elements stand on the page now: pages
// redraw themselves, and a press may come before they are alive. Nothing is asked twice, also not what was missing.

import "./clips.js";
import { refreshEvents } from "./events.js";
import { refreshStills } from "./stills.js";

const lookEvery = 30000;
let planned = false;

const refresh = () => {
  planned = false;
  refreshStills();
  refreshEvents();
};

const plan = () => {
  if (planned) return;
  planned = true;
  queueMicrotask(refresh);
};

const planSeen = () => { if (!document.hidden) plan(); };

new MutationObserver(plan).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-still", "data-version", "data-none", "data-media"] });
document.addEventListener("visibilitychange", planSeen);
setInterval(planSeen, lookEvery);
refresh();
