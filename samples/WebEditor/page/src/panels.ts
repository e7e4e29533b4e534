/** Shows a panel beside the text, or puts it away; one at a time. @returns whether it is shown. */
export function togglePanel(panel: HTMLElement): boolean {
  const isShown = panel.hidden !== false;
  for (const one of document.querySelectorAll<HTMLElement>('.panel')) {
    one.hidden = one !== panel || !isShown;
    buttonOf(one)?.setAttribute('aria-expanded', String(!one.hidden));
  }
  if (!isShown) buttonOf(panel)?.focus();
  return isShown;
}

/** A panel closes with its button, and by Escape. */
export function closePanelWith(panel: HTMLElement, button: HTMLElement): void {
  button.addEventListener('click', () => togglePanel(panel));
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) togglePanel(panel);
  });
}

function buttonOf(panel: HTMLElement): HTMLElement | null {
  return document.querySelector(`[aria-controls="${panel.id}"]`);
}
