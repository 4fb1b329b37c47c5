// "just now", "2 min ago", "14:20", "Yesterday, 21:14" or "Mon 16 Nov, 08:05": as the rest of the page says it.

import { fill } from "../words.js";

const zoned = (time, zone, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(time);

export const moment = (at, data) => {
  const zone = data.zone || "UTC";
  const day = time => zoned(time, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
  const clock = zoned(at, zone, { hour: "2-digit", minute: "2-digit" });
  if (day(at) === day(Date.now())) return clock;
  if (day(at) === day(Date.now() - 86400000)) return `${data.textYesterday}, ${clock}`;
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric", month: "short" }).formatToParts(at).map(part => [part.type, part.value]));
  return `${parts.weekday} ${parts.day} ${parts.month.slice(0, 3)}, ${clock}`;
};

export const spoken = (at, data) => {
  const minutes = Math.floor((Date.now() - at) / 60000);
  // Ring's clock may be a little ahead of this one.
  return minutes < -1 || minutes >= 60 ? moment(at, data)
    : minutes <= 0 ? data.textNow
    : fill(data.textMinutes, { n: minutes });
};

export const exact = (at, zone) => `${zoned(at, zone || "UTC", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" })}, ${zone || "UTC"}`;
