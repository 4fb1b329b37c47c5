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

const doors = 'a, button, summary, select, input';

// What a person opened stays open, what they chose stays chosen, and who stands on a button stands on the same one afterwards.
function replace(old, fresh) {
  if (old.dataset.part === 'live' && old.innerHTML === fresh.innerHTML) return;
  for (const one of old.querySelectorAll('details[id], [data-keep]')) {
    const twin = fresh.querySelector(`#${CSS.escape(one.id)}`);
    if (!twin) continue;
    if (one.matches('details')) twin.open = one.open;
    else if (one.tagName !== 'SELECT' || [...twin.options].some(option => option.value === one.value)) twin.value = one.value;
  }
  if (old.matches('details')) fresh.open = old.open;
  const scrolled = [...old.querySelectorAll('[tabindex]')].map(one => one.scrollTop);
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  [...fresh.querySelectorAll('[tabindex]')].forEach((one, index) => { one.scrollTop = scrolled[index] ?? 0; });
  if (held === null) return;
  const same = [...fresh.querySelectorAll(doors)].find(one => held.id ? one.id === held.id : one.textContent === held.textContent && one.tagName === held.tagName);
  if (!same) fresh.tabIndex = -1;
  (same ?? fresh).focus({ preventScroll: true });
}

// The parts that follow the cloud by themselves, or after a button of this page all parts.
function show(html, own) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const old of document.querySelectorAll(own ? '[data-part]' : '[data-part=live]')) {
    const name = old.id ? `#${old.id}` : `.${old.className}`;
    const fresh = page.querySelector(name);
    const busy = !own && old.contains(document.activeElement) && document.activeElement.matches('select, input');
    if (fresh && !busy) replace(old, fresh);
  }
}

async function refreshState() {
  const answer = await fetch(`/?account=${encodeURIComponent(list.dataset.account)}`);
  show(await answer.text(), false);
}

let silence;
function say(text) {
  const said = document.getElementById('said');
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { said.textContent = ''; }, 6000);
}

// A button acts without leaving the place on the page.
async function press(event) {
  const form = event.target;
  const button = event.submitter;
  event.preventDefault();
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  const words = button.textContent.trim().replace(/\s+/g, ' ');
  try {
    const answer = await fetch(button.getAttribute('formaction') ?? form.getAttribute('action'), { method: 'POST', body: new URLSearchParams(new FormData(form, button)) });
    const text = await answer.text();
    if (answer.ok) show(text, true);
    say(answer.ok ? `Done: ${words}` : `${words}: ${text || answer.status}`);
  } catch {
    say(`${words}: the simulator does not answer`);
  } finally {
    form.ariaBusy = null;
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

if (list) {
  document.addEventListener('submit', event => { if (event.target.method === 'post') press(event); });
  run();
}
