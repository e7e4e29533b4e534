/** Menus of the bar close by a click elsewhere, and by Escape. */
export function closeMenusFromOutside(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('.tools details')) {
    document.addEventListener('pointerdown', (event) => {
      if (!menu.contains(event.target as Node)) menu.open = false;
    });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
  }
}
