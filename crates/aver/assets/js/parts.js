// Parts: a page is fetched as a whole and one part of it is put in place of the old.
// Without script the same links and forms load the whole page.
//
// data-part="#main" on a list of links: they change that part, and the address with
// it; "back" changes it back. data-part on a form: changing a field changes the part.
// data-again="700" on a part: it asks for itself again after so many milliseconds.
let asked = 0;

// What is open stays open: a group of filters is known by its words.
const name = (it) => it.querySelector('summary')?.textContent.replace(/\d+/g, '').trim();
const opened = (part) => new Map([...part.querySelectorAll('details')].map((it) => [name(it), it.open]));

async function put(selector, address, { push = false, focus = '' } = {}) {
  const turn = ++asked;
  const old = document.querySelector(selector);
  old?.setAttribute('aria-busy', 'true');
  let page;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    // The whole page says what went wrong.
    location.assign(address);
    return;
  }
  // Somebody asked for something newer meanwhile.
  if (turn !== asked) return;
  const next = page.querySelector(selector);
  if (!next || !old) { location.assign(address); return; }
  const open = opened(old);
  next.querySelectorAll('details').forEach((it) => { if (open.has(name(it))) it.open = open.get(name(it)); });
  old.replaceWith(document.adoptNode(next));
  // The permanent link below names the address too.
  document.querySelector('.foot')?.replaceWith(document.adoptNode(page.querySelector('.foot')));
  document.title = page.title;
  if (push) history.pushState({ part: selector }, '', address);
  if (focus) [...next.querySelectorAll('a[href]')].find((it) => it.textContent.replace(/[\d,]+$/, '') === focus)?.focus({ preventScroll: true });
  again(next);
}

function again(part) {
  if (part.dataset.again) setTimeout(() => put(`#${part.id}`, location.href), Number(part.dataset.again));
}

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('[data-part] a[href]');
  if (!link || link.pathname !== location.pathname) return;
  event.preventDefault();
  if (!history.state?.part) history.replaceState({ part: link.closest('[data-part]').dataset.part }, '');
  put(link.closest('[data-part]').dataset.part, link.href, { push: true, focus: link.textContent.replace(/[\d,]+$/, '') });
});

let wait = 0;
function changed(event) {
  const form = event.target.closest('form[data-part]');
  if (!form) return;
  clearTimeout(wait);
  const address = () => `${form.action}?${new URLSearchParams(new FormData(form))}`;
  wait = setTimeout(() => put(form.dataset.part, address()), event.type === 'input' ? 300 : 0);
}
document.addEventListener('change', changed);
document.addEventListener('input', changed);

addEventListener('popstate', (event) => { if (event.state?.part) put(event.state.part, location.href); });
document.querySelectorAll('[data-again]').forEach(again);
