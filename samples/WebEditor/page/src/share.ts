import { element } from './elements';

const SHOWN_MS = 1800;

/** The button that copies the address of the document. */
export function offerLink(): void {
  const button = element<HTMLButtonElement>('copy');
  const label = button.querySelector('.label') as HTMLElement;
  const text = label.textContent ?? '';
  button.addEventListener('click', () => {
    void copy(location.href).then((done) => {
      label.textContent = done ? 'Copied' : 'Copy failed';
      button.dataset['done'] = String(done);
      setTimeout(() => {
        label.textContent = text;
        delete button.dataset['done'];
      }, SHOWN_MS);
    });
  });
}

/** Copies text; where the clipboard is closed to pages, as without https, by way of a selection. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = text;
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
