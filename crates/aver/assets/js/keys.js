// Keys: search, help, jumps, and moving through rows. Everything they do is a link
// or a button on the page; without script nothing is lost.
//
// A page adds keys by marking its own controls: data-key="p" is clicked when p is
// pressed; data-row marks what j and k move through, Enter opens its first link.
// Single keys rest while somebody types, can be switched off, and can be changed on
// the page /keys (WCAG 2.1.4). Other scripts hear a key as the event `averment-key`.
const JUMPS = { e: '/', d: '/documents', a: '/actors', t: '/tallies', r: '/review', l: '/ledger', x: '/export', n: '/add' };
const OFF = 'averment.keys-off';
const CHANGED = 'averment.keys';
let waiting = 0;

const typing = (it) => it.closest('input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]');
const off = () => { try { return localStorage.getItem(OFF) === '1'; } catch { return false; } };
const changed = () => { try { return JSON.parse(localStorage.getItem(CHANGED)) ?? {}; } catch { return {}; } };
// What a key means: the usual key of the command that somebody put on it; nothing for one whose command moved away.
function meant(pressed) {
  const own = changed();
  const command = Object.keys(own).find((usual) => own[usual] === pressed);
  return command ?? (pressed in own ? '' : pressed);
}
const at = () => { const it = new URLSearchParams(location.search).get('at'); return it ? `?at=${encodeURIComponent(it)}` : ''; };

function rows() { return [...document.querySelectorAll('[data-row]')].filter((it) => it.offsetParent !== null); }

function move(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((it) => it.classList.contains('here'));
  const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step));
  all.forEach((it, n) => it.classList.toggle('here', n === next));
  const row = all[next];
  row.scrollIntoView({ block: 'nearest' });
  const link = row.matches('a') ? row : row.querySelector('a[href]');
  (link ?? row).focus({ preventScroll: true });
}

function help() {
  const dialog = document.getElementById('keys');
  if (dialog.open) dialog.close(); else dialog.showModal();
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && typing(event.target)) { event.target.blur(); return; }
  if (typing(event.target) || off()) return;
  // The second letter of a jump is not changed: it follows g and collides with nothing.
  const key = Date.now() - waiting < 1500 ? event.key : meant(event.key);
  if (!key) return;
  if (Date.now() - waiting < 1500) {
    waiting = 0;
    if (JUMPS[key]) { event.preventDefault(); location.assign(JUMPS[key] + at()); return; }
  }
  if (key === 'g') { waiting = Date.now(); return; }
  if (key === '?') { event.preventDefault(); help(); return; }
  if (document.querySelector('dialog[open]')) return;
  if (key === '/') { event.preventDefault(); const box = document.getElementById('find'); box.focus(); box.select(); return; }
  const control = [...document.querySelectorAll('[data-key]')].find((it) => it.dataset.key === key && !it.disabled);
  if (control) {
    event.preventDefault();
    if (control.matches('select')) {
      control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
      control.dispatchEvent(new Event('change', { bubbles: true }));
    } else if (control.matches('input:not([type=submit],[type=checkbox]),textarea')) control.focus();
    else control.click();
    return;
  }
  if (key === 'j' || key === 'k') { event.preventDefault(); move(key === 'j' ? 1 : -1); return; }
  if (!document.dispatchEvent(new CustomEvent('averment-key', { detail: key, cancelable: true }))) event.preventDefault();
}

document.addEventListener('keydown', press);

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-help]')) { event.preventDefault(); help(); }
  if (event.target.closest('[data-close]')) event.target.closest('dialog').close();
});

// Selects that submit their form when changed; the button beside them serves without script.
document.addEventListener('change', (event) => {
  if (event.target.matches('[data-submits]')) event.target.form.requestSubmit();
});

for (const box of document.querySelectorAll('[data-keys-off]')) {
  box.checked = off();
  box.disabled = false;
  box.addEventListener('change', () => { try { localStorage.setItem(OFF, box.checked ? '1' : '0'); } catch { /* private window */ } });
}
document.documentElement.classList.add('script');

// Labels show the keys as this browser has them.
for (const it of document.querySelectorAll('kbd:not([data-fixed])')) it.textContent = changed()[it.textContent] ?? it.textContent;

// The page /keys: a field a command. A key that another command has is refused and says so.
const map = document.querySelector('[data-keymap]');
if (map) {
  const fields = [...map.querySelectorAll('input[data-usual]')];
  const out = map.querySelector('output');
  const keep = () => {
    const own = Object.fromEntries(fields.filter((it) => it.value !== it.dataset.usual).map((it) => [it.dataset.usual, it.value]));
    try { localStorage.setItem(CHANGED, JSON.stringify(own)); } catch { out.textContent = 'This browser keeps nothing, so the change lasts until you leave.'; }
  };
  for (const it of fields) {
    it.disabled = false;
    it.value = changed()[it.dataset.usual] ?? it.dataset.usual;
    it.addEventListener('keydown', (event) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const taken = fields.find((other) => other !== it && other.value === event.key);
      if (taken) { out.textContent = `“${event.key}” is the key of “${taken.dataset.does}” already. Nothing was changed.`; return; }
      it.value = event.key;
      keep();
      out.textContent = `“${it.dataset.does}” is on “${it.value}” now.`;
    });
  }
  map.querySelector('[data-reset]').addEventListener('click', () => {
    for (const it of fields) it.value = it.dataset.usual;
    try { localStorage.removeItem(CHANGED); } catch { /* private window */ }
    out.textContent = 'Every key is the usual one again.';
  });
}

// Copies the words of an element; they are on the page to be copied by hand as well.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  // With a cell in hand, its words are cited; else the whole event.
  const cell = document.activeElement?.dataset.cite;
  const text = (cell ?? document.getElementById(button.dataset.copy).textContent).trim().replace(/ (\/[ed]\/)/, ` ${location.origin}$1`);
  const told = document.getElementById('copied');
  try {
    await navigator.clipboard.writeText(text);
    button.firstChild.textContent = 'Copied ';
    if (told) told.textContent = cell ? 'Citation of this cell copied.' : 'Citation of the event copied.';
  } catch {
    if (told) told.textContent = 'This browser does not allow copying; mark the words above and copy them by hand.';
  }
});
