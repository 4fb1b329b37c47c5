// Keeps the log and the state of the integration fresh; the page works without it.
const list = document.getElementById('calls');
const pause = document.getElementById('pause');

function cell(name, text) {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}

function row(call) {
  const item = document.createElement('li');
  item.className = `${call.from_ring ? 'out' : 'in'} ${call.tone}`;
  item.append(
    cell('time', call.time), cell('way', call.direction), cell('what', call.call),
    cell(`chip ${call.tone}`, call.status), cell('took', call.took), cell('sum', call.summary));
  return item;
}

// A person who stands on a button there stands on the same one afterwards.
function replace(old, fresh) {
  const held = old.contains(document.activeElement) ? document.activeElement.textContent : null;
  old.replaceWith(fresh);
  if (held === null) return;
  const same = [...fresh.querySelectorAll('a, button')].find(one => one.textContent === held);
  if (!same) fresh.tabIndex = -1;
  (same ?? fresh).focus({ preventScroll: true });
}

async function refreshState() {
  const answer = await fetch(`/?account=${encodeURIComponent(list.dataset.account)}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const selector of ['#integration', '.people']) {
    const fresh = page.querySelector(selector);
    const old = document.querySelector(selector);
    if (fresh && old && fresh.innerHTML !== old.innerHTML) replace(old, fresh);
  }
}

async function beat() {
  if (!document.hidden && !pause.checked) {
    const answer = await fetch(`/play/live?after=${list.dataset.after}`);
    const live = await answer.json();
    for (const call of live.calls) {
      list.prepend(row(call));
      list.dataset.after = call.number;
      document.getElementById('quiet').hidden = true;
    }
    while (list.children.length > 200) list.lastChild.remove();
    if (String(live.version) !== list.dataset.version) {
      list.dataset.version = live.version;
      await refreshState();
    }
  }
}

async function run() {
  for (;;) {
    try {
      await beat();
      document.body.classList.remove('away');
    } catch {
      document.body.classList.add('away');
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

if (list) run();
