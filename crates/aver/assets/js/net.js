// Lets people drag the nodes of a network apart. Without this script the drawing is
// whole, and every node and edge is a link.
class AverNet extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector('svg');
    for (const node of this.svg.querySelectorAll('[data-node]')) {
      node.addEventListener('pointerdown', (event) => {
        this.held = { node, at: this.point(event), moved: false };
        node.setPointerCapture?.(event.pointerId);
      });
      node.addEventListener('pointermove', (event) => this.drag(event));
      node.addEventListener('pointerup', () => { this.last = this.held; this.held = null; });
      node.addEventListener('click', (event) => { if (this.last?.moved) event.preventDefault(); this.last = null; });
      node.addEventListener('dragstart', (event) => event.preventDefault());
    }
  }

  point(event) {
    const it = this.svg.getBoundingClientRect();
    const box = this.svg.viewBox.baseVal;
    return [(event.clientX - it.left) / it.width * box.width, (event.clientY - it.top) / it.height * box.height];
  }

  drag(event) {
    if (!this.held) return;
    const [x, y] = this.point(event);
    const [dx, dy] = [x - this.held.at[0], y - this.held.at[1]];
    if (!this.held.moved && Math.abs(dx) + Math.abs(dy) < 4) return;
    this.held.moved = true;
    this.held.at = [x, y];
    const shift = (it, name, by) => it.setAttribute(name, Number(it.getAttribute(name)) + by);
    const { node } = this.held;
    for (const it of node.querySelectorAll('circle')) { shift(it, 'cx', dx); shift(it, 'cy', dy); }
    for (const it of node.querySelectorAll('text')) { shift(it, 'x', dx); shift(it, 'y', dy); }
    const edge = this.svg.querySelector(`[data-edge="${node.dataset.node}"]`);
    for (const it of edge.querySelectorAll('line')) { shift(it, 'x2', dx); shift(it, 'y2', dy); }
    for (const it of edge.querySelectorAll('text')) { shift(it, 'x', dx * 0.58); shift(it, 'y', dy * 0.58); }
  }
}
customElements.define('av-net', AverNet);
