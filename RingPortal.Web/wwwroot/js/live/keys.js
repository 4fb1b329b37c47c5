// Keys within a player, and arrows from tile to tile of the wall.

import { playerOf } from "./players.js";

const acts = { k: "keep", m: "sound", p: "pip", f: "full", s: "stop" };
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

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

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  const what = acts[event.key.toLowerCase()];
  const player = what && playerOf(event.target);
  if (player?.view.state) { player.act(what); event.preventDefault(); return; }
  const tile = arrows[event.key] && event.target.closest?.("[data-wall] > li");
  if (tile && move(tile, arrows[event.key])) event.preventDefault();
});
