/**
 * Strongly connected components of a directed graph, each before those that it leads to (Kosaraju's two walks, without recursion:
 * a circle of calls may be long). `next` and `previous` are each other's reverse.
 */
export function componentsOf<T>(nodes: readonly T[], next: (node: T) => readonly T[], previous: (node: T) => readonly T[]): T[][] {
  const finished: T[] = [];
  visit(
    nodes,
    next,
    (node) => finished.push(node),
    () => {},
  );
  const components: T[][] = [];
  let current: T[] = [];
  visit(
    finished.toReversed(),
    previous,
    (node) => current.push(node),
    () => {
      components.push(current);
      current = [];
    },
  );
  return components;
}

/** Depth first over all nodes; `leave` is called when all below a node is done, `endOfTree` after each tree. */
function visit<T>(nodes: readonly T[], next: (node: T) => readonly T[], leave: (node: T) => void, endOfTree: () => void): void {
  const seen = new Set<T>();
  for (const start of nodes) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack = [{ node: start, rest: next(start).values() }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const step = top.rest.next();
      if (step.done) {
        leave(top.node);
        stack.pop();
      } else if (!seen.has(step.value)) {
        seen.add(step.value);
        stack.push({ node: step.value, rest: next(step.value).values() });
      }
    }
    endOfTree();
  }
}
