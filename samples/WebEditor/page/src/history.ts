import { CollabError, type CollabDocument, type DocumentRevision } from 'realtimecollab-js';
import { element, make } from './elements';
import { closePanelWith, togglePanel } from './panels';

/** The panel that shows the document as it was at any revision, and brings it back. */
export function offerHistory(opened: CollabDocument): void {
  const panel = new HistoryPanel(opened);
  const button = element<HTMLButtonElement>('history');
  button.addEventListener('click', () => panel.toggle());
}

class HistoryPanel {
  readonly #opened: CollabDocument;
  readonly #panel = element('past');
  readonly #slider = element<HTMLInputElement>('past-revision');
  #isLoading = false;
  /** The revision that is shown, or is to be shown as soon as the one before it has come. */
  #wanted = 0;

  constructor(opened: CollabDocument) {
    this.#opened = opened;
    this.#slider.addEventListener('input', () => this.#show(this.#slider.valueAsNumber));
    closePanelWith(this.#panel, element('past-close'));
    element('past-restore').addEventListener('click', () => void this.#restore());
    const form = element<HTMLFormElement>('past-name');
    form.hidden = opened.role !== 'owner'; // naming is the owner's
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#name(form);
    });
    opened.on('change', () => this.#follow());
    opened.on('state', () => this.#follow());
  }

  toggle(): void {
    if (!togglePanel(this.#panel)) return;
    this.#follow();
    this.#show(this.#opened.revision);
    this.#slider.focus();
    void this.#try(() => this.#list());
  }

  /** The document goes on while its past is looked at. */
  #follow(): void {
    if (this.#panel.hidden) return;
    const wasAtEnd = this.#slider.value === this.#slider.max;
    this.#slider.max = String(this.#opened.revision);
    element<HTMLButtonElement>('past-restore').disabled = this.#opened.readOnly || this.#wanted === this.#opened.revision;
    if (wasAtEnd && this.#wanted !== this.#opened.revision) this.#show(this.#opened.revision);
  }

  #show(revision: number): void {
    this.#wanted = revision;
    this.#slider.valueAsNumber = revision;
    element('past-shown').textContent = `${revision.toLocaleString()} of ${this.#opened.revision.toLocaleString()}`;
    element<HTMLButtonElement>('past-restore').disabled = this.#opened.readOnly || revision === this.#opened.revision;
    if (!this.#isLoading) void this.#load();
  }

  /** Loads what is wanted, and again what is wanted by then: a slider that is pulled asks for one revision at a time. */
  async #load(): Promise<void> {
    this.#isLoading = true;
    await this.#try(async () => {
      for (let shown = -1; shown !== this.#wanted;) {
        shown = this.#wanted;
        await this.#render(await this.#opened.versions.read(shown));
      }
    });
    this.#isLoading = false;
  }

  async #render({ content, revision, updatedAt }: DocumentRevision): Promise<void> {
    const preview = element('past-preview');
    const shown = make('div', 'content');
    if (typeof content === 'string') shown.append(make('pre', '', content));
    else (await import('./richEditor')).showRich(content, shown);
    preview.replaceChildren(shown);
    preview.dataset['revision'] = String(revision);
    element('past-time').textContent = new Date(updatedAt).toLocaleString();
  }

  async #restore(): Promise<void> {
    await this.#try(async () => {
      await this.#opened.versions.restore(this.#wanted);
      this.toggle();
    });
  }

  async #name(form: HTMLFormElement): Promise<void> {
    const name = String(new FormData(form).get('name')).trim();
    if (name === '') return;
    await this.#try(async () => {
      await this.#opened.versions.create(name, this.#wanted);
      form.reset();
      await this.#list();
    });
  }

  async #list(): Promise<void> {
    const versions = await this.#opened.versions.list();
    const rows = versions.map(({ name, revision, createdAt }) => {
      const row = make('li', '');
      const button = make('button', 'version', name);
      button.type = 'button';
      button.append(make('small', '', `Revision ${revision.toLocaleString()} · ${new Date(createdAt).toLocaleDateString()}`));
      button.addEventListener('click', () => this.#show(revision));
      row.append(button);
      return row;
    });
    element('past-versions').replaceChildren(...rows);
  }

  async #try(action: () => Promise<void>): Promise<void> {
    const trouble = element('past-trouble');
    trouble.textContent = '';
    try {
      await action();
    } catch (error) {
      if (!(error instanceof CollabError)) throw error;
      trouble.textContent = error.message;
    }
  }
}
