import { until } from './waiting.mjs';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
export const BLANK = ' '.repeat(1000);

/** Types one letter at a time, always its own, at its own place: so whoever gets a letter knows who typed it, and by its order which one it was. */
class Writer {
  #crowd;
  #place;
  /** When each letter was typed. */
  #typedAt = [];
  #arrivals = [];
  /** How many letters of each of the others are here. */
  #taken = new Map();

  constructor(crowd, session, copy, letter, place) {
    this.#crowd = crowd;
    this.#place = place;
    this.session = session;
    this.copy = copy;
    this.letter = letter;
    copy.onRemote = (position, deleted, text) => this.#take(position, deleted, text);
  }

  get typed() {
    return this.#typedAt.length;
  }

  type() {
    this.#typedAt.push(performance.now());
    this.#arrivals.push(0);
    this.copy.edit(this.#place++, 0, this.letter);
  }

  /** Notes that this writer's letter came to one more of the others. */
  arrived(index, now, others) {
    const { delays, lastDelays } = this.#crowd;
    delays.push(now - this.#typedAt[index]);
    if (++this.#arrivals[index] === others) lastDelays.push(now - this.#typedAt[index]);
  }

  #take(position, deleted, text) {
    const now = performance.now();
    if (position <= this.#place) this.#place += text.length - Math.min(deleted, this.#place - position);
    for (const letter of text) {
      const author = this.peers.get(letter);
      if (author === undefined) continue;
      const index = this.#taken.get(letter) ?? 0;
      this.#taken.set(letter, index + 1);
      this.#crowd.delivered++;
      author.arrived(index, now, this.peers.size - 1);
    }
  }
}

/** Documents, each with its writers; one connection for each writer. */
export class Crowd {
  writers = [];
  delivered = 0;
  /** From the typing of a letter until it is in another's copy, in milliseconds; and until it is in all the others'. */
  delays = [];
  lastDelays = [];
  #documents = [];
  #perDocument;

  static async gather(contestant, address, documents, perDocument) {
    const crowd = new Crowd();
    crowd.#perDocument = perDocument;
    for (let number = 0; number < documents; number++) {
      const peers = new Map();
      for (let index = 0; index < perDocument; index++) {
        const session = await contestant.connect(address, number * perDocument + index);
        const copy = await session.open(`document-${number}`, BLANK);
        const place = Math.floor((BLANK.length * (index + 0.5)) / perDocument);
        const writer = new Writer(crowd, session, copy, LETTERS[index], place);
        writer.peers = peers;
        peers.set(writer.letter, writer);
        crowd.writers.push(writer);
      }
      crowd.#documents.push([...peers.values()]);
    }
    return crowd;
  }

  get typed() {
    return this.writers.reduce((sum, writer) => sum + writer.typed, 0);
  }

  /** Until the server has taken everything, and everybody has it. */
  async settle() {
    await until(
      () => this.writers.every(({ copy }) => copy.isCommitted) && this.delivered === this.typed * (this.#perDocument - 1),
      () => `of ${this.typed * (this.#perDocument - 1)} deliveries there were ${this.delivered}`,
    );
  }

  forgetDelays() {
    this.delays = [];
    this.lastDelays = [];
  }

  /** @throws {Error} if the copies of a document differ, or do not hold every letter. */
  requireEqualTexts() {
    for (const writers of this.#documents) {
      const expected = BLANK.length + writers.reduce((sum, writer) => sum + writer.typed, 0);
      const texts = new Set(writers.map(({ copy }) => copy.text()));
      if (texts.size !== 1 || [...texts][0].length !== expected) throw new Error('the copies of a document differ, or something is missing');
    }
  }

  async leave() {
    await Promise.all(this.writers.map(({ session }) => session.close()));
  }
}
