import { make } from '../elements';
import type { Named } from './people';

const MOST = 6;

/** Offers people while the user types `@` and the beginning of a name. */
export class Completion {
  readonly #field: HTMLTextAreaElement;
  readonly #list: HTMLElement;
  readonly #people: () => readonly Named[];
  readonly #choose: (person: Named) => void;
  #offered: readonly Named[] = [];
  #active = 0;

  constructor(
    field: HTMLTextAreaElement,
    list: HTMLElement,
    people: () => readonly Named[],
    choose: (person: Named) => void,
  ) {
    [this.#field, this.#list, this.#people, this.#choose] = [field, list, people, choose];
    field.addEventListener('input', () => this.#offer());
    field.addEventListener('click', () => this.#offer());
    field.addEventListener('blur', () => this.close());
    // before the composer's own, which sends on Enter
    field.addEventListener('keydown', (event) => this.#keyDown(event), { capture: true });
  }

  close(): void {
    this.#offered = [];
    this.#render();
  }

  /** What stands between the last `@` and the caret. */
  get #query(): { readonly at: number; readonly text: string } | null {
    const { value, selectionStart } = this.#field;
    const found = /(?:^|[^\p{L}\p{N}_])@([^@\n]{0,40})$/u.exec(value.slice(0, selectionStart));
    const text = found?.[1];
    return text === undefined ? null : { at: selectionStart - text.length - 1, text };
  }

  #offer(): void {
    const text = this.#query?.text.toLocaleLowerCase();
    const fits = ({ userName }: Named): boolean =>
      text !== undefined && userName.toLocaleLowerCase().startsWith(text) && userName.length > text.length;
    this.#offered = text === undefined ? [] : this.#people().filter(fits).slice(0, MOST);
    this.#active = 0;
    this.#render();
  }

  #keyDown(event: KeyboardEvent): void {
    if (this.#offered.length === 0 || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      this.#active = (this.#active + step + this.#offered.length) % this.#offered.length;
      this.#render();
    } else if (event.key === 'Enter' || event.key === 'Tab') this.#take(this.#offered[this.#active]);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #take(person: Named | undefined): void {
    const query = this.#query;
    if (person === undefined || query === null) return;
    this.#field.setRangeText(`@${person.userName} `, query.at, this.#field.selectionStart, 'end');
    this.close();
    this.#choose(person);
  }

  #render(): void {
    const options = this.#offered.map((person, index) => {
      const option = make('li', '', person.userName);
      option.id = `chat-person-${index}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', String(index === this.#active));
      // before the field loses the focus
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        this.#take(person);
      });
      return option;
    });
    this.#list.replaceChildren(...options);
    this.#list.hidden = options.length === 0;
    const active = options[this.#active];
    if (active === undefined) this.#field.removeAttribute('aria-activedescendant');
    else this.#field.setAttribute('aria-activedescendant', active.id);
  }
}
