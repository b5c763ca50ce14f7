// Dropping files on the form, and saying which are chosen. Without script the file field serves.
class Drop {
  constructor(form) {
    this.input = form.querySelector('input[type=file]');
    this.out = form.querySelector('.picked');
    const zone = form.querySelector('.drop');
    for (const name of ['dragenter', 'dragover']) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add('over'); });
    for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => zone.classList.remove('over'));
    zone.addEventListener('drop', (event) => { event.preventDefault(); this.input.files = event.dataTransfer.files; this.tell(); });
    this.input.addEventListener('change', () => this.tell());
  }
  tell() {
    const files = [...this.input.files];
    const size = files.reduce((sum, it) => sum + it.size, 0);
    this.out.textContent = files.length ? `${files.length} chosen, ${Math.max(1, Math.round(size / 1000))} kB: ${files.slice(0, 5).map((it) => it.name).join(', ')}${files.length > 5 ? ' …' : ''}` : '';
  }
}
for (const form of document.querySelectorAll('[data-drop]')) new Drop(form);
