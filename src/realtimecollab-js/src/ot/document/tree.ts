import { Chunk, joinNeighbours } from './chunk.js';

const MAX_CHILDREN = 32;

/** A tree of chunks. All leaves are at one depth; nodes are immutable and shared between versions of a document. */
export type Node = Chunk | Branch;

export class Branch {
  constructor(
    readonly children: readonly Node[],
    readonly length: number = sum(children, (child) => child.length),
    readonly newlines: number = sum(children, (child) => child.newlines),
  ) {}

  /** This branch with another child in the place of one. */
  with(index: number, child: Node): Branch {
    const previous = this.children[index] as Node;
    const length = this.length - previous.length + child.length;
    const newlines = this.newlines - previous.newlines + child.newlines;
    const children = this.children.slice();
    children[index] = child;
    return new Branch(children, length, newlines);
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
  const only = nodes[0];
  return nodes.length === 1 && only instanceof Branch && only.children.length > 1 ? only : treeOf(nodes);
}

/** The nodes that take the place of `node`, of the same height; none if nothing is left. */
function splice(node: Node, from: number, to: number, chunks: readonly Chunk[]): readonly Node[] {
  if (node instanceof Chunk) return node.splice(from, to, chunks);
  const { children } = node;
  const first = indexAt(children, from);
  const start = lengthBefore(children, first);
  const child = children[first] as Node;
  if (to <= start + child.length) {
    const replaced = splice(child, from - start, to - start, chunks);
    const only = replaced[0];
    const isOne = replaced.length === 1 && only !== undefined;
    if (isOne && (only.length >= child.length || !isSmall(only))) return [node.with(first, only)];
    return seam(children, first, first, replaced);
  }
  const last = indexAt(children, to);
  const left = splice(child, from - start, child.length, chunks);
  const right = splice(children[last] as Node, 0, to - lengthBefore(children, last), []);
  return seam(children, first, last, [...left, ...right]);
}

/** The child that holds `position`; at a boundary the left one, so that typing goes on in it. */
function indexAt(children: readonly Node[], position: number): number {
  let index = 0;
  let rest = position;
  for (; index < children.length - 1; index++) {
    const { length } = children[index] as Node;
    if (rest <= length) break;
    rest -= length;
  }
  return index;
}

function lengthBefore(children: readonly Node[], index: number): number {
  let length = 0;
  for (let before = 0; before < index; before++) length += (children[before] as Node).length;
  return length;
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

function sum(nodes: readonly Node[], measure: (node: Node) => number): number {
  return nodes.reduce((total, node) => total + measure(node), 0);
}
