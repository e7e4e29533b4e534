import { transformSelection, type Selection, type TextOperation } from '../../ot/index.js';
import type { Participant, SelectionsChanged } from '../../protocol/index.js';
import type { Emitter } from '../emitter.js';
import type { DocumentEvents } from './events.js';
import type { Replica } from './replica.js';

/** A client that has the document open. One user may have several: windows, devices. */
export interface Person {
  readonly clientId: string;
  readonly userId: string;
  readonly userName: string;
  /** `#rrggbb`, the same for all clients of a user in this document. */
  readonly color: string;
  /** Whether it may write, not only read. */
  readonly isEditing: boolean;
  /** A label of the device, as its client gave it; empty if it gave none. */
  readonly device: string;
  /** Whether this is the client itself. */
  readonly isSelf: boolean;
  /** Where its selections are in the local content; null if it has none, and for the client itself. */
  readonly selection: Selection | null;
}

type Selections = Pick<SelectionsChanged, 'revision' | 'selections'>;

/** How many of the last revisions a selection may lie behind and still be brought forward. */
const MAX_BEHIND = 30;

/** Who has a document open, and where their selections lie in the local content. */
export class People {
  readonly #selfId: string;
  readonly #replica: Replica;
  readonly #events: Emitter<DocumentEvents>;
  #people = new Map<string, Person>();
  /** Messages about revisions that have not come in yet. */
  #early: Selections[] = [];
  /** The last entries of the log, to bring late selections forward; the last made the replica's revision. */
  #recent: TextOperation[] = [];

  constructor(selfId: string, replica: Replica, events: Emitter<DocumentEvents>) {
    this.#selfId = selfId;
    this.#replica = replica;
    this.#events = events;
  }

  get list(): readonly Person[] {
    return [...this.#people.values()];
  }

  /** Takes a whole list of participants, whose selections are at `revision`. The client itself may be missing in it. */
  replaceAll(participants: readonly Participant[], revision: number): void {
    const self = this.#people.get(this.#selfId);
    this.#people = new Map(self === undefined ? [] : [[self.clientId, self]]);
    for (const participant of participants) this.#put(participant);
    this.#early.push({ revision, selections: participants });
    this.#placeDue();
    this.#tell();
  }

  /** Somebody came, or changed between reading and writing. */
  join(participant: Participant): void {
    this.#put(participant);
    this.#tell();
  }

  leave(clientId: string): void {
    if (this.#people.delete(clientId)) this.#tell();
  }

  /** Takes selections at a revision; those at a later one than the content's wait until it is there. */
  changeSelections(message: SelectionsChanged): void {
    this.#early.push(message);
    if (this.#placeDue()) this.#tell();
  }

  /** The content is a new one: nothing that was known about places holds. */
  reset(): void {
    this.#recent = [];
    this.#early = [];
    for (const clientId of this.#people.keys()) this.#place(clientId, null);
  }

  /** The local content has changed, by whomever. */
  transform(operation: TextOperation): void {
    for (const { clientId, selection } of this.#people.values()) {
      if (selection !== null) this.#place(clientId, transformSelection(selection, operation));
    }
  }

  /** The next entry of the log is in the content. */
  advance(committed: TextOperation): void {
    this.#recent.push(committed);
    if (this.#recent.length > MAX_BEHIND) this.#recent.shift();
    if (this.#placeDue()) this.#tell();
  }

  #put({ clientId, userId, userName, color, isEditing, device }: Participant): void {
    const selection = this.#people.get(clientId)?.selection ?? null;
    const isSelf = clientId === this.#selfId;
    this.#people.set(clientId, {
      clientId,
      userId,
      userName,
      color,
      isEditing,
      device: device ?? '',
      isSelf,
      selection,
    });
  }

  /** Places what the content has come to. @returns whether there was something. */
  #placeDue(): boolean {
    let isPlaced = false;
    for (const message of this.#early.splice(0)) {
      if (message.revision > this.#replica.revision) {
        this.#early.push(message);
        continue;
      }
      isPlaced = true;
      for (const { clientId, selection } of message.selections) {
        this.#place(clientId, selection ? this.#toLocal(selection, message.revision) : null);
      }
    }
    return isPlaced;
  }

  #tell(): void {
    this.#events.emit('people', this.list);
  }

  /** Null for one that cannot be placed, being too old or a mistake of the server; the next one comes soon. */
  #toLocal(selection: Selection, revision: number): Selection | null {
    const behind = this.#replica.revision - revision;
    if (behind > this.#recent.length) return null;
    const missed = behind > 0 ? this.#recent.slice(-behind) : [];
    if (!fits(selection, missed[0]?.baseLength ?? this.#replica.base.length)) return null;
    return this.#replica.toLocalSelection(missed.reduce(transformSelection, selection));
  }

  #place(clientId: string, selection: Selection | null): void {
    const person = this.#people.get(clientId);
    if (person !== undefined && !person.isSelf) this.#people.set(clientId, { ...person, selection });
  }
}

/** Whether every position lies in a document of this length. */
function fits(selection: Selection, length: number): boolean {
  return selection.ranges.every(({ anchor, head }) => Math.max(anchor, head) <= length && Math.min(anchor, head) >= 0);
}
