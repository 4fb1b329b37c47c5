// All players of this page, by camera. Two play at once.

import { fill } from "../words.js";

const atOnce = 2;

export const players = new Map();

export const playerOf = element => players.get(element?.closest?.("[data-live]")?.dataset.live);

// A third one stops the oldest.
export const makeRoom = next => {
  const running = [...players.values()].filter(player => player !== next && player.isBusy).sort((one, other) => one.startedAt - other.startedAt);
  for (const oldest of running.slice(0, Math.max(0, running.length - atOnce + 1)))
    oldest.stop("stopped", "third", fill(oldest.view.texts.textTwo, { Other: oldest.name }));
};
