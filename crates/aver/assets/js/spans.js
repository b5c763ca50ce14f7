// Lights the same words on both sides: a quote in the table and its place in the
// text, a statement in the margin and its spans. Ids are in data-at, data-spans
// (several) and data-account. Without this script quotes are links to their place.
const lit = (ids, on) => {
  for (const it of document.querySelectorAll('[data-spans],[data-at],[data-statement]')) {
    const own = [it.dataset.at, it.dataset.statement, ...(it.dataset.spans ?? '').split(' ')];
    if (own.some((id) => id && ids.includes(id))) it.classList.toggle('lit', on);
  }
};
const idsOf = (it) => it.dataset.at ? [it.dataset.at] : it.dataset.statement ? [it.dataset.statement] : (it.dataset.spans ?? '').split(' ').filter((id) => id && !/^a\d+$/.test(id));
let chosen = null;

function enter(event) {
  const it = event.target.closest?.('[data-at],[data-spans],[data-statement]');
  if (!it) return;
  clear();
  chosen = idsOf(it);
  lit(chosen, true);
  // Only from a quote or a margin note does the other side move, and only inside its own column.
  if (it.dataset.at || it.dataset.statement) reveal(chosen);
}
function clear() { if (chosen) lit(chosen, false); chosen = null; }

function reveal(ids) {
  const marks = [...document.querySelectorAll('mark[data-spans]')];
  const mark = marks.find((it) => it.dataset.spans.split(' ').some((id) => ids.includes(id)));
  const box = mark?.closest('[data-scrolls]');
  if (box) { const a = mark.getBoundingClientRect(); const b = box.getBoundingClientRect(); if (a.top < b.top || a.bottom > b.bottom) box.scrollTop += a.top - b.top - b.height / 3; }
}

document.addEventListener('pointerover', enter);
document.addEventListener('pointerout', (event) => { if (event.target.closest?.('[data-at],[data-spans],[data-statement]')) clear(); });
document.addEventListener('focusin', enter);
document.addEventListener('focusout', clear);

// [ and ] step through the accounts: the column is tinted, its words are lit, its document outlined.
let account = 0;
function step(by) {
  const all = [...new Set([...document.querySelectorAll('[data-account]')].map((it) => it.dataset.account))];
  if (!all.length) return;
  account = account === 0 && by < 0 ? all.length : Math.min(all.length, Math.max(1, account + by));
  const id = all[account - 1];
  for (const it of document.querySelectorAll('[data-account]')) it.classList.toggle('active', it.dataset.account === id);
  for (const it of document.querySelectorAll('mark[data-spans]')) it.classList.toggle('lit', it.dataset.spans.split(' ').includes(id));
  const marks = document.querySelectorAll('mark.lit');
  for (const it of document.querySelectorAll('.source')) it.classList.toggle('active', it.querySelector('mark.lit') !== null);
  document.querySelector(`[data-account="${id}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  marks[0]?.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('averment-key', (event) => {
  const key = event.detail;
  if (key === ']' || key === '[') { event.preventDefault(); step(key === ']' ? 1 : -1); }
  if (key === 'e') {
    const own = document.activeElement?.closest('.value')?.querySelector('.words[data-edit]');
    const value = own ?? document.querySelector('.words.lit[data-edit]') ?? document.querySelector('.conflict .words[data-edit]') ?? document.querySelector('.words[data-edit]');
    if (value) { event.preventDefault(); location.assign(value.dataset.edit); }
  }
});

// Marking words in the text fills the form for a statement that the machine did not read.
const form = document.getElementById('state-form');
const text = document.querySelector('article.text');
function marked() {
  const selection = document.getSelection();
  if (!form || !text || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const piece = (range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer).closest?.('[data-start]');
  // Positions count code points, as the ledger does.
  const before = piece && range.startContainer.nodeType === Node.TEXT_NODE ? [...range.startContainer.data.slice(0, range.startOffset)].length : 0;
  return { words: selection.toString().trim(), start: piece ? Number(piece.dataset.start) + before : 0 };
}
function fill() {
  const it = marked();
  if (!it?.words) return false;
  form.elements.words.value = it.words;
  form.elements.start.value = it.start;
  return true;
}
document.addEventListener('selectionchange', fill);
document.addEventListener('averment-key', (event) => {
  if (event.detail !== 'n' || !form) return;
  event.preventDefault();
  fill();
  form.closest('details').open = true;
  form.elements[form.elements.words.value ? 'speaker' : 'words'].focus();
});
