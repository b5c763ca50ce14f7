// Panning and zooming of a map that the server has drawn. Without this script the
// map is whole and its places are links.
class AverMap extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector('svg');
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    this.whole = [x, y, width, height];
    this.classList.add('pans');
    this.home = this.fitted();
    this.box = [...this.home];
    const zoom = document.createElement('div');
    zoom.className = 'zoom no-print';
    for (const [sign, words, work] of [
      ['+', 'Zoom in', () => this.zoom(0.6)],
      ['−', 'Zoom out', () => this.zoom(1 / 0.6)],
      ['⌂', 'Whole map', () => { this.box = [...this.home]; this.show(); }],
    ]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = sign;
      button.setAttribute('aria-label', words);
      button.addEventListener('click', work);
      zoom.append(button);
    }
    this.append(zoom);
    this.svg.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, this.place(event));
    }, { passive: false });
    this.svg.addEventListener('pointerdown', (event) => { this.from = { x: event.clientX, y: event.clientY, box: [...this.box], moved: false }; });
    this.svg.addEventListener('pointermove', (event) => this.drag(event));
    for (const end of ['pointerup', 'pointerleave', 'pointercancel']) this.svg.addEventListener(end, () => { this.last = this.from; this.from = null; });
    // A drag that ends on a place is no click on it.
    this.svg.addEventListener('click', (event) => { if (this.last?.moved) { event.preventDefault(); this.last = null; } }, true);
    this.svg.addEventListener('dragstart', (event) => event.preventDefault());
    this.show();
  }

  // On a narrow screen the map is high: it begins with the marks, as large as fits.
  fitted() {
    const screen = this.svg.getBoundingClientRect();
    if (!screen.width || screen.width > 600) return [...this.whole];
    const inside = (it, size) => Math.min(size, Math.max(0, it));
    const [xs, ys] = [[], []];
    for (const it of this.svg.querySelectorAll('.site')) {
      const box = it.getBBox();
      xs.push(inside(box.x, this.whole[2]), inside(box.x + box.width, this.whole[2]));
      ys.push(inside(box.y, this.whole[3]), inside(box.y + box.height, this.whole[3]));
    }
    const [west, east] = [Math.min(...xs), Math.max(...xs)];
    const [north, south] = [Math.min(...ys), Math.max(...ys)];
    const ratio = screen.width / screen.height;
    const width = Math.min(this.whole[2], Math.max((east - west) * 1.3, (south - north) * 1.3 * ratio, 160));
    return [(west + east - width) / 2, (north + south - width / ratio) / 2, width, width / ratio];
  }

  place(event) {
    const it = this.svg.getBoundingClientRect();
    return [this.box[0] + (event.clientX - it.left) / it.width * this.box[2], this.box[1] + (event.clientY - it.top) / it.height * this.box[3]];
  }

  drag(event) {
    if (!this.from || event.buttons !== 1) return;
    const it = this.svg.getBoundingClientRect();
    const [dx, dy] = [event.clientX - this.from.x, event.clientY - this.from.y];
    if (Math.abs(dx) + Math.abs(dy) < 5) return;
    this.from.moved = true;
    this.box[0] = this.from.box[0] - dx / it.width * this.box[2];
    this.box[1] = this.from.box[1] - dy / it.height * this.box[3];
    this.show();
  }

  zoom(by, [x, y] = [this.box[0] + this.box[2] / 2, this.box[1] + this.box[3] / 2]) {
    const width = Math.min(this.whole[2], Math.max(this.whole[2] / 24, this.box[2] * by));
    const factor = width / this.box[2];
    this.box = [x - (x - this.box[0]) * factor, y - (y - this.box[1]) * factor, width, this.box[3] * factor];
    this.show();
  }

  show() {
    const [x, y, width, height] = this.box;
    this.box[0] = Math.min(this.whole[2] - width / 2, Math.max(-width / 2, x));
    this.box[1] = Math.min(this.whole[3] - height / 2, Math.max(-height / 2, y));
    this.svg.setAttribute('viewBox', this.box.join(' '));
    // Marks and words keep their size on the screen.
    const unit = width / (this.svg.getBoundingClientRect().width || width);
    this.svg.style.setProperty('--unit', unit);
    for (const it of this.svg.querySelectorAll('.town circle, .group circle')) {
      it.dataset.r ??= it.getAttribute('r');
      it.setAttribute('r', it.dataset.r * unit);
    }
  }
}
customElements.define('av-map', AverMap);
