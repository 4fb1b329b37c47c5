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
    cell('time', call.time), cell('way', call.direction), cell(`chip ${call.tone}`, call.status),
    cell('took', call.took), cell('what', call.call), cell('sum', call.summary));
  return item;
}

async function refreshState() {
  const answer = await fetch(`/?account=${encodeURIComponent(list.dataset.account)}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const selector of ['#integration', '.people']) {
    const fresh = page.querySelector(selector);
    const old = document.querySelector(selector);
    // A person who is on a button there keeps it.
    if (fresh && old && fresh.innerHTML !== old.innerHTML && !old.contains(document.activeElement)) old.replaceWith(fresh);
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
