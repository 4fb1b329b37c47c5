// What a player shows when a view ended elsewhere or did not begin: its state, and the words for it.

import { fill } from "../words.js";

const unreadable = 20000;

export const endOf = (reason, texts, name) => ({
  "taken-over": ["busy", texts.textBusy],
  third: ["third", fill(texts.textTwo, { Other: name })],
  offline: [texts.base === "ready" ? "unreached" : null, texts.textOffline],
  plan: ["plan", null],
})[reason] ?? ["ended", texts.textEnded];

export const refusalOf = (code, texts) => ({
  busy: ["busy", texts.textBusy],
  relink_required: ["relink", null],
  plan: ["plan", null],
  device_offline: ["unreached", texts.textOffline],
  ended: ["ended", texts.textEnded],
})[code];

// Why no picture came at all; nothing where the camera just does not send.
export const darknessOf = (picture, texts) => !picture?.isConnected ? ["network", texts.textNetwork]
  : picture.bytes > unreadable ? ["protected", texts.textProtected]
  : null;
