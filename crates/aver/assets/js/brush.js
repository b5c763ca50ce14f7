// Dragging over the timeline chooses days: it writes `from` and `to` into the
// address. Without this script each bar is a link, and the days can be typed.
class AverBrush extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector('svg');
    if (!this.svg || !this.dataset.from) return;
    this.svg.addEventListener('pointerdown', (event) => { this.from = this.part(event); });
    this.svg.addEventListener('pointermove', (event) => {
      if (this.from === undefined || event.buttons !== 1) return;
      const [a, b] = [this.from, this.part(event)].sort((x, y) => x - y);
      if (b - a < 0.01) return;
      this.rect ??= this.svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'rect'));
      this.rect.setAttribute('class', 'brush');
      for (const [name, value] of [['x', a * 1000], ['y', 0], ['width', (b - a) * 1000], ['height', 58]]) this.rect.setAttribute(name, value);
      this.chosen = [a, b];
    });
    this.svg.addEventListener('pointerup', () => this.choose());
    this.svg.addEventListener('click', (event) => { if (this.chosen) event.preventDefault(); }, true);
    this.svg.addEventListener('dragstart', (event) => event.preventDefault());
  }

  part(event) {
    const it = this.svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - it.left) / it.width));
  }

  choose() {
    this.from = undefined;
    if (!this.chosen) return;
    const [first, last] = [Date.parse(this.dataset.from), Date.parse(this.dataset.to)];
    const day = (part) => new Date(first + part * (last - first)).toISOString().slice(0, 10);
    const address = new URL(location.href);
    for (const it of ['since', 'until', 'page']) address.searchParams.delete(it);
    address.searchParams.set('from', day(this.chosen[0]));
    address.searchParams.set('to', day(this.chosen[1]));
    location.assign(address);
  }
}
customElements.define('av-brush', AverBrush);
