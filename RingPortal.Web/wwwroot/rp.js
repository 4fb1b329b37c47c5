// Comfort for static pages and the shells. Everything works without it, so nothing here may be needed.
(() => {
  "use strict";

  // The first element of the region is ours; what stands beside it belongs to the live pages.
  const say = text => {
    const region = document.getElementById("rp-status");
    if (region) (region.firstElementChild ?? region).textContent = text;
  };

  const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  window.rpTimeZone = zone;

  // Show and hide a password. The button is hidden until this script can serve it.
  const togglePassword = button => {
    const field = document.getElementById(button.dataset.show);
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? button.dataset.textHide : button.dataset.textShow;
  };

  const copy = async button => {
    const label = button.querySelector("[data-copy-label]") ?? button;
    const before = label.textContent;
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = button.dataset.textCopied;
    say(button.dataset.textCopied);
    setTimeout(() => { label.textContent = before; }, 2000);
  };

  document.addEventListener("click", event => {
    const button = event.target.closest?.("[data-show], [data-copy], [data-reload], [data-dialog], [data-close], [data-focus-main]");
    if (!button) return;
    if (button.dataset.show) togglePassword(button);
    else if (button.dataset.copy) copy(button);
    else if (button.dataset.dialog) document.getElementById(button.dataset.dialog)?.showModal();
    else if ("close" in button.dataset) button.closest("dialog")?.close();
    // What goes away with this press must not take the focus with it.
    else if ("focusMain" in button.dataset) document.getElementById("main")?.focus({ preventScroll: true });
    else location.reload();
  });

  // A form is sent once, however often its button is pressed; Back makes it usable again.
  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method !== "post" || event.defaultPrevented) return;
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
    }
  });

  // data-deadline (UTC): says data-text-soon when two minutes are left, then shows the element named by
  // data-late in the place of the one named by data-open.
  const countDown = element => {
    const left = Date.parse(element.dataset.deadline) - Date.now();
    const soon = left - 120000;
    if (soon > 0) setTimeout(() => { element.hidden = false; say(element.dataset.textSoon); }, soon);
    setTimeout(() => {
      const late = document.getElementById(element.dataset.late);
      document.getElementById(element.dataset.open)?.setAttribute("hidden", "");
      element.hidden = true;
      if (!late) return;
      late.hidden = false;
      const title = late.querySelector("h1, h2");
      if (title) { title.tabIndex = -1; title.focus(); }
    }, Math.max(left, 0));
  };

  // data-status-url: asks soon, then every two seconds, and loads the page anew when the state is another one.
  const watch = element => {
    const ask = async () => {
      try {
        const answer = await fetch(element.dataset.statusUrl, { headers: { accept: "application/json" }, cache: "no-store" });
        if (answer.ok && (await answer.json()).page !== element.dataset.state) { location.reload(); return; }
      } catch {
        say(element.dataset.textSlow ?? "");
      }
      setTimeout(ask, 2000);
    };
    setTimeout(ask, 600);
  };

  // Blazor reports lost and regained connections on our own bar.
  const watchConnection = bar => bar.addEventListener("components-reconnect-state-changed", event => {
    if (event.detail.state === "hide") say(bar.dataset.textBack);
  });

  // "Show me how" leads to one answer among several folded ones.
  const openTarget = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  window.addEventListener("hashchange", openTarget);
  openTarget();

  // Where there is room, both ways in stand open side by side.
  if (matchMedia("(min-width: 960px)").matches) {
    for (const fold of document.querySelectorAll(".rp-fold-desktop > details")) fold.open = true;
  }

  // The server does not know the zone of somebody who is not signed in.
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
  for (const time of document.querySelectorAll("time[data-local]")) time.textContent = clock.format(new Date(time.dateTime));

  for (const button of document.querySelectorAll("[data-show]")) button.hidden = false;
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const element of document.querySelectorAll("[data-deadline]")) countDown(element);
  for (const element of document.querySelectorAll("[data-status-url]")) watch(element);
  for (const field of document.querySelectorAll("[data-timezone]")) field.value = zone();
  document.querySelector("[data-focus]")?.focus();
  const bar = document.getElementById("components-reconnect-modal");
  if (bar) watchConnection(bar);
})();
