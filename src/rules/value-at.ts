/** The value at a path of a document; undefined where there is none. Steps through lists by index. */
export function valueAt(doc: unknown, path: readonly string[]): unknown {
  let value = doc;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
