const PREFIX = /^\[pod\/([a-z0-9.-]+)\/([a-z0-9-]+)\] ?/gm;

/** Tells the lines of `kubectl logs --prefix` apart: by pod, then by container. Undefined: nothing bears such a prefix. */
export function prefixedLines(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> | undefined {
  const parts = new Map<string, Map<string, string[]>>();
  let open: { lines: string[]; from: number } | undefined;
  const close = (until: number): void => {
    if (open !== undefined) open.lines.push(text.slice(open.from, until));
  };
  for (const { index, 0: prefix, 1: pod = '', 2: container = '' } of text.matchAll(PREFIX)) {
    close(index);
    const ofPod = parts.get(pod) ?? new Map<string, string[]>();
    parts.set(pod, ofPod);
    const lines = ofPod.get(container) ?? [];
    ofPod.set(container, lines);
    open = { lines, from: index + prefix.length };
  }
  close(text.length);
  return open === undefined ? undefined : new Map([...parts].map(([pod, of]) => [pod, new Map([...of].map(([name, lines]) => [name, lines.join('')]))]));
}
