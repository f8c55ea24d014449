import type { Relationship } from './knowledge-graph.ts';

export interface Cycle {
  /** First and last are the same component. */
  readonly names: readonly string[];
  /** The relationship that closes it, by its place in the file. */
  readonly closedBy: number;
}

/** The first cycle in the order of the file; undefined where there is none. */
export function cycleIn(relationships: readonly Relationship[]): Cycle | undefined {
  const outgoing = Map.groupBy(
    relationships.map(({ from, to }, index) => ({ from, to, index })),
    ({ from }) => from,
  );
  const done = new Set<string>();
  for (const start of outgoing.keys()) {
    const cycle = search(start, outgoing, done);
    if (cycle) return cycle;
  }
  return undefined;
}

type Outgoing = ReadonlyMap<string, readonly { to: string; index: number }[]>;

/** Depth first with its own stack: a long chain must not end in a stack overflow. */
function search(start: string, outgoing: Outgoing, done: Set<string>): Cycle | undefined {
  const stack = [{ name: start, next: 0 }];
  const open = new Set([start]);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const edge = outgoing.get(top.name)?.[top.next++];
    if (edge === undefined) {
      stack.pop();
      open.delete(top.name);
      done.add(top.name);
    } else if (open.has(edge.to)) {
      const names = stack.map(({ name }) => name);
      return { names: [...names.slice(names.indexOf(edge.to)), edge.to], closedBy: edge.index };
    } else if (!done.has(edge.to)) {
      stack.push({ name: edge.to, next: 0 });
      open.add(edge.to);
    }
  }
  return undefined;
}
