const MARKER = /^==== (START|END) logs for container (\S+) of pod (\S+) ====\r?$/gm;

/**
 * Splits a pod's logs.txt, as `kubectl cluster-info dump` writes it, into its containers' logs. A text whose beginning was left out
 * belongs, up to the first END, to the container that END names. Undefined: there are no markers.
 */
export function containerSections(text: string): ReadonlyMap<string, string> | undefined {
  const sections = new Map<string, string>();
  let current: { container: string; from: number } | undefined;
  let first = true;
  for (const { 1: mark, 2: container = '', index, 0: line } of text.matchAll(MARKER)) {
    if (mark === 'START') {
      if (current !== undefined) sections.set(current.container, text.slice(current.from, index));
      current = { container, from: index + line.length + 1 };
    } else if (current !== undefined || first) {
      sections.set(container, text.slice(current?.from ?? 0, index));
      current = undefined;
    }
    first = false;
  }
  if (current !== undefined) sections.set(current.container, text.slice(current.from));
  return first ? undefined : sections;
}
