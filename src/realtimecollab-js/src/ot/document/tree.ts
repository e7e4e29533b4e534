import { Chunk, joinNeighbours } from './chunk.js';

const MAX_CHILDREN = 32;

/** A tree of chunks. All leaves are at one depth; nodes are immutable and shared between versions of a document. */
export type Node = Chunk | Branch;

export class Branch {
  readonly length: number;
  readonly newlines: number;

  constructor(readonly children: readonly Node[]) {
    let length = 0;
    let newlines = 0;
    for (const child of children) {
      length += child.length;
      newlines += child.newlines;
    }
    this.length = length;
    this.newlines = newlines;
  }
}

/** The tree of an empty document. */
export const emptyTree: Node = new Chunk('', undefined);

/** A tree of the same height on top of `nodes`, which are all of one height. */
export function treeOf(nodes: readonly Node[]): Node {
  let level = nodes;
  while (level.length > 1) level = group(level);
  let [root = emptyTree] = level;
  while (root instanceof Branch && root.children.length === 1) root = root.children[0] ?? emptyTree;
  return root;
}

/**
 * Replaces the units from `from` to `to` of a tree. The path to the edit is copied, all else is shared:
 * O(log n + what is inserted and removed).
 */
export function replace(root: Node, from: number, to: number, chunks: readonly Chunk[]): Node {
  const nodes = splice(root, from, to, chunks);
  const [only] = nodes;
  return nodes.length === 1 && only instanceof Branch && only.children.length > 1 ? only : treeOf(nodes);
}

/** The nodes that take the place of `node`, of the same height; none if nothing is left. */
function splice(node: Node, from: number, to: number, chunks: readonly Chunk[]): readonly Node[] {
  if (node instanceof Chunk) return node.splice(from, to, chunks);
  const { children } = node;
  const [first, firstStart] = locate(children, from);
  const [last, lastStart] = locate(children, to, first, firstStart);
  const firstChild = children[first] as Node;
  if (first === last) {
    const replaced = splice(firstChild, from - firstStart, to - firstStart, chunks);
    const [only] = replaced;
    if (replaced.length === 1 && only !== undefined && (only.length >= firstChild.length || !isSmall(only))) {
      const copy = children.slice();
      copy[first] = only;
      return [new Branch(copy)];
    }
    return seam(children, first, last, replaced);
  }
  const left = splice(firstChild, from - firstStart, firstChild.length, chunks);
  const right = splice(children[last] as Node, 0, to - lastStart, []);
  return seam(children, first, last, [...left, ...right]);
}

/** The child that holds `position`, and where it starts; at a boundary the left one, so that typing goes on in it. */
function locate(
  children: readonly Node[],
  position: number,
  index = 0,
  start = 0,
): readonly [index: number, start: number] {
  for (;;) {
    const end = start + (children[index] as Node).length;
    if (position <= end || index === children.length - 1) return [index, start];
    start = end;
    index++;
  }
}

/** Puts `replaced` into the place of the children from `first` to `last`, joins what has become small, splits what is too many. */
function seam(children: readonly Node[], first: number, last: number, replaced: readonly Node[]): readonly Node[] {
  const before = Math.max(0, first - 1);
  const after = Math.min(children.length, last + 2);
  const middle = joinSmall([...children.slice(before, first), ...replaced, ...children.slice(last + 1, after)]);
  const all = [...children.slice(0, before), ...middle, ...children.slice(after)];
  return all.length === 0 ? [] : group(all);
}

function isSmall(node: Node): boolean {
  return node instanceof Chunk ? node.length < 256 : node.children.length < MAX_CHILDREN / 4;
}

function joinSmall(nodes: readonly Node[]): readonly Node[] {
  if (nodes[0] instanceof Chunk) return joinNeighbours(nodes as readonly Chunk[], 512);
  const joined: Node[] = [];
  for (const node of nodes as readonly Branch[]) {
    const previous = joined.at(-1) as Branch | undefined;
    if (previous !== undefined && previous.children.length + node.children.length <= MAX_CHILDREN / 2) {
      joined[joined.length - 1] = new Branch([...previous.children, ...node.children]);
    } else {
      joined.push(node);
    }
  }
  return joined;
}

/** Branches over the nodes, evenly filled. */
function group(nodes: readonly Node[]): readonly Branch[] {
  if (nodes.length <= MAX_CHILDREN) return [new Branch(nodes)];
  const groups = Math.ceil(nodes.length / ((MAX_CHILDREN * 3) / 4));
  return Array.from({ length: groups }, (_, index) => {
    const start = Math.floor((index * nodes.length) / groups);
    return new Branch(nodes.slice(start, Math.floor(((index + 1) * nodes.length) / groups)));
  });
}
