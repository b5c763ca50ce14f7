// Keys: search, help, jumps, and moving through rows. Everything they do is a link
// or a button on the page; without script nothing is lost.
//
// A page adds keys by marking its own controls: data-key="p" is clicked when p is
// pressed; data-row marks what j and k move through, Enter opens its first link.
// Single keys rest while somebody types, and can be switched off (WCAG 2.1.4).
const JUMPS = { e: '/', d: '/documents', a: '/actors', t: '/tallies', r: '/review', l: '/ledger', x: '/export', n: '/add' };
const OFF = 'averment.keys-off';
let waiting = 0;

const typing = (it) => it.closest('input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]');
const off = () => { try { return localStorage.getItem(OFF) === '1'; } catch { return false; } };
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
  if (typing(event.target) || off() && event.key !== '?') return;
  const { key } = event;
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
  if (key === 'j' || key === 'k') { event.preventDefault(); move(key === 'j' ? 1 : -1); }
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

const box = document.getElementById('keys-off');
if (box) {
  box.checked = off();
  box.addEventListener('change', () => { try { localStorage.setItem(OFF, box.checked ? '1' : '0'); } catch { /* private window */ } });
}
document.documentElement.classList.add('script');

// Copies the words of an element; they are on the page to be copied by hand as well.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const text = document.getElementById(button.dataset.copy).textContent.trim().replace(/ \/e\//, ` ${location.origin}/e/`);
  await navigator.clipboard.writeText(text);
  button.dataset.done = 'yes';
  button.firstChild.textContent = 'Copied ';
});
