// The live view of cameras (WHEP through the portal). A view starts by a tap and never by an address; a page that goes takes
// its views with it. The circuit only tells what ended elsewhere: pictures play on while it is away.

import { fullScreen } from "./full-screen.js";
import "./keys.js";
import { Player } from "./player.js";
import { playerOf, players } from "./players.js";

const intentKey = "rp-live";
const intentFor = 15000;

// Players follow what is on the page.
const scan = () => {
  for (const root of document.querySelectorAll("[data-live]")) {
    const known = players.get(root.dataset.live);
    if (!known) players.set(root.dataset.live, new Player(root));
    else if (known.view.root !== root && !known.view.isOnPage) known.attach(root);
    else if (known.view.state === "unreached" && root.dataset.base !== "ready") known.set(null);
  }
  for (const [id, player] of players) {
    if (player.view.isOnPage) continue;
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
  if (Date.now() - Number(at) < intentFor && player.view.texts.base === "ready" && !player.view.state && !document.hidden) player.act("start");
};

document.addEventListener("click", event => {
  const link = event.target.closest?.("[data-live-go]");
  if (link && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) sessionStorage.setItem(intentKey, `${link.dataset.liveGo} ${Date.now()}`);
  const button = event.target.closest?.("[data-live-act]");
  if (button) playerOf(button)?.act(button.dataset.liveAct);
  const wall = event.target.closest?.("[data-wall-full]");
  if (wall) fullScreen(document.querySelector("[data-wall]"));
}, true);

// Nobody looks: nothing streams. A picture in its own little window is looked at.
const leave = isLookedAt => {
  for (const player of players.values()) if (player.isBusy && !isLookedAt(player)) player.stop("left", "ended", null);
};
document.addEventListener("visibilitychange", () => { if (document.hidden) leave(player => document.pictureInPictureElement === player.view.video); });
window.addEventListener("pagehide", () => leave(() => false));
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
