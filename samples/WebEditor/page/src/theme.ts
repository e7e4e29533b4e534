import { element } from './elements';

const KEY = 'realtimecollab.theme';

/** Follows the system until the button is pressed; then light or dark, also in later visits. */
export function offerTheme(): void {
  const chosen = localStorage.getItem(KEY);
  if (chosen !== null) set(chosen);
  element('theme').addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    localStorage.setItem(KEY, next);
    set(next);
  });
}

function isDark(): boolean {
  const { colorScheme } = document.documentElement.style;
  return colorScheme === '' ? matchMedia('(prefers-color-scheme: dark)').matches : colorScheme === 'dark';
}

function set(scheme: string): void {
  document.documentElement.style.colorScheme = scheme;
}
