/** A place in Monaco, from 1. */
export interface MonacoPosition {
  readonly lineNumber: number;
  readonly column: number;
}

/** A part of the text, lines and columns from 1. */
export interface MonacoRange {
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
}

/** A selection: where it began, and where the caret is. */
export interface MonacoSelection {
  readonly selectionStartLineNumber: number;
  readonly selectionStartColumn: number;
  readonly positionLineNumber: number;
  readonly positionColumn: number;
}

export interface Disposable {
  dispose(): void;
}

/** What the binding uses of a model; an `ITextModel` of monaco-editor fits. */
export interface MonacoModel {
  getValue(): string;
  getValueLength(): number;
  setValue(text: string): void;
  /** 0 is "\n". */
  setEOL(eol: 0): void;
  getOffsetAt(position: MonacoPosition): number;
  getPositionAt(offset: number): MonacoPosition;
  applyEdits(edits: { range: MonacoRange; text: string; forceMoveMarkers?: boolean }[]): void;
  onDidChangeContent(
    listener: (event: {
      readonly changes: readonly {
        readonly rangeOffset: number;
        readonly rangeLength: number;
        readonly text: string;
      }[];
    }) => void,
  ): Disposable;
}

/** A widget in the text. */
export interface MonacoWidget {
  getId(): string;
  getDomNode(): HTMLElement;
  getPosition(): { position: MonacoPosition; preference: (0 | 1 | 2)[] } | null;
}

/** What the binding uses of an editor; an `ICodeEditor` of monaco-editor fits. */
export interface MonacoEditor {
  getModel(): MonacoModel | null;
  getContainerDomNode(): HTMLElement;
  getSelections(): MonacoSelection[] | null;
  setSelections(selections: MonacoSelection[]): void;
  hasTextFocus(): boolean;
  updateOptions(options: { readOnly: boolean }): void;
  addContentWidget(widget: MonacoWidget): void;
  removeContentWidget(widget: MonacoWidget): void;
  createDecorationsCollection(decorations: { range: MonacoRange; options: { className: string } }[]): {
    set(decorations: { range: MonacoRange; options: { className: string } }[]): unknown;
    clear(): void;
  };
  onDidChangeCursorSelection(listener: () => void): Disposable;
  onDidFocusEditorText(listener: () => void): Disposable;
  onDidBlurEditorText(listener: () => void): Disposable;
  onDidCompositionStart(listener: () => void): Disposable;
  onDidCompositionEnd(listener: () => void): Disposable;
}
