// Comfort for operators: single keys, dialogs, hidden tabs. A module that the first of their pages fetches.
"use strict";

const off = () => localStorage.getItem("rp-keys") === "off";
const inField = target => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const seen = element => element.offsetParent !== null;

// Tells the page whether anybody can see it: what nobody sees is not read.
export function watch(page) {
  const tell = () => page.invokeMethodAsync("SeeAsync", !document.hidden);
  document.addEventListener("visibilitychange", tell);
  return { stop: () => document.removeEventListener("visibilitychange", tell) };
}

export function show(dialog) {
  if (!dialog.open) dialog.showModal();
}

export function close(dialog) {
  dialog.close();
}

// The zone of the browser, and whether its reader prefers UTC (the default: logs are in UTC as well).
export function zone(choice) {
  if (choice) localStorage.setItem("rp-zone", choice);
  return { name: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC", local: localStorage.getItem("rp-zone") === "local" };
}

const step = by => {
  const rows = [...document.querySelectorAll("[data-row] [data-open]")].filter(seen);
  if (rows.length === 0) return;
  const now = rows.findIndex(row => row.closest("[data-row]").contains(document.activeElement));
  const next = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

const keys = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  r: () => document.querySelector("[data-refresh]")?.click(),
  p: () => document.querySelector("[data-pause]")?.click(),
  "?": () => document.getElementById("admin-keys")?.showModal(),
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) return;
  if (off() || !keys[event.key] || inField(event.target) || document.querySelector("dialog[open]") || !document.querySelector(".rp-shell-admin")) return;
  event.preventDefault();
  keys[event.key]();
});

// The menu of small screens goes away with the page it was opened on.
document.addEventListener("click", event => {
  if (event.target.closest?.("#admin-menu a")) document.getElementById("admin-menu").close();
});

document.addEventListener("change", event => {
  if (event.target.matches?.("[data-keys]")) localStorage.setItem("rp-keys", event.target.checked ? "on" : "off");
});

// The choice is this browser's own; the server does not know it.
export function keysChoice() {
  const box = document.querySelector("[data-keys]");
  if (box) box.checked = !off();
}
