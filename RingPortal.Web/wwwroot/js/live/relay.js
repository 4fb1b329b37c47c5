// What a page asks of the portal around a live view: begin, still there, end.

const form = () => document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "";

export const begin = (camera, offer, { takeOver, stopOldest, signal }) => fetch(`/api/devices/${camera}/live?takeOver=${takeOver}&stopOldest=${stopOldest}`, {
  method: "POST", body: offer, signal, headers: { "content-type": "application/sdp", RequestVerificationToken: form() },
});

// Our own id of a live view that began.
export const sessionOf = answer => answer.headers.get("Location")?.split("/").pop();

export const beat = (session, frames) => fetch(`/api/live/${session}/beat?frames=${frames}`, { method: "POST", headers: { RequestVerificationToken: form() } });

// keepalive: a page that goes must still be able to say so.
export const end = (session, reason) => fetch(`/api/live/${session}?reason=${reason}`, { method: "DELETE", keepalive: true }).catch(() => {});
