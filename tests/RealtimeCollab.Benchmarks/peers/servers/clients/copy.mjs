/**
 * A client's copy of a document, whatever library keeps it. `commits` grows when the server has taken an edit; `onRemote` hears of
 * others' edits once they are in the copy.
 */
export class Copy {
  edits = 0;
  commits = 0;
  onCommit = () => undefined;
  onRemote = () => undefined;

  get isCommitted() {
    return this.commits === this.edits;
  }

  /** To be called by the library's side. */
  committed(count = 1) {
    this.commits += count;
    this.onCommit();
  }

  /** Until the server has taken everything. */
  async settled() {
    while (!this.isCommitted) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
