// Asks the portal for pictures and recordings, and reads why there is none.

const longestWait = 15;

const pause = (milliseconds, signal) => new Promise((go, stop) => {
  const timer = setTimeout(go, milliseconds);
  signal?.addEventListener("abort", () => { clearTimeout(timer); stop(signal.reason); }, { once: true });
});

// Milliseconds until it may be asked for again.
export const wait = answer => Math.min(Math.max(Number(answer.headers.get("Retry-After")) || 2, 1), longestWait) * 1000;

// Asks, and asks again while Ring prepares it; "later" is told meanwhile.
export const ask = async (address, later, signal, tries = 6) => {
  for (;;) {
    const answer = await fetch(address, { cache: "no-store", signal });
    if (answer.status !== 503 || --tries === 0) return answer;
    await answer.body?.cancel();
    later();
    await pause(wait(answer), signal);
  }
};

export const reason = async answer => {
  let word = "";
  try { word = (await answer.json()).error ?? ""; } catch { /* No reason was given. */ }
  return answer.status === 404 ? "none"
    : word === "protected" ? "protected"
    : answer.status === 403 ? (word === "plan" ? "plan" : "denied")
    : answer.status === 409 ? "relink"
    : answer.status === 503 || answer.status === 504 ? "wait"
    : "bad";
};

// What is called our own name for the file stands in the answer.
export const fileName = answer => {
  const header = answer.headers.get("Content-Disposition") ?? "";
  const star = /filename\*=UTF-8''([^;]+)/i.exec(header);
  return star ? decodeURIComponent(star[1]) : /filename="([^"]+)"/i.exec(header)?.[1] ?? "recording.mp4";
};
