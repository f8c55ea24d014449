import { EVENT_ALIAS, EVENT_DOCUMENT, EVENT_MAPPING, EVENT_POP, EVENT_SCALAR, EVENT_SEQUENCE, getScalarValue, load, parseEvents, YAMLException } from 'js-yaml';

/** Counted from 1, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type DocumentPath = readonly (string | number)[];

/** One YAML document with the places of its nodes. */
export interface YamlDocument {
  readonly value: unknown;
  /** Where the value at `path` stands, or the nearest thing above it that exists. */
  at(path: DocumentPath): Position;
  /** Where the key itself stands; for an unknown key. */
  keyAt(path: DocumentPath): Position;
}

export type YamlResult = { readonly ok: true; readonly document: YamlDocument } | { readonly ok: false; readonly message: string; readonly position: Position };

/** Reads the first document of `text`. An empty text reads as null. */
export function readYaml(text: string): YamlResult {
  try {
    const value: unknown = text.trim() === '' ? null : load(text);
    const places = placesOf(text);
    return { ok: true, document: { value, at: (path) => find(places.values, path), keyAt: (path) => find(places.keys, path) } };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { ok: false, message: error.reason ?? error.message, position: { line: (error.mark?.line ?? 0) + 1, column: (error.mark?.column ?? 0) + 1 } };
  }
}

type Places = ReadonlyMap<string, Position>;
const keyOf = (path: DocumentPath): string => JSON.stringify(path);

function find(places: Places, path: DocumentPath): Position {
  for (let length = path.length; length >= 0; length--) {
    const place = places.get(keyOf(path.slice(0, length)));
    if (place) return place;
  }
  return { line: 1, column: 1 };
}

/** Walks the parser's events once, keeping the path to where it stands. */
function placesOf(text: string): { values: Places; keys: Places } {
  const lineOf = positions(text);
  const [values, keys] = [new Map<string, Position>(), new Map<string, Position>()];
  const stack: { mapping: boolean; key: string | undefined; index: number }[] = [];
  const path: (string | number)[] = [];

  const enter = (offset: number): void => {
    values.set(keyOf(path), lineOf(offset));
  };
  const leave = (): void => {
    const top = stack.at(-1);
    if (top === undefined) return;
    path.pop();
    if (top.mapping) top.key = undefined;
    else top.index++;
  };
  const prepare = (): void => {
    const top = stack.at(-1);
    if (top !== undefined) path.push(top.mapping ? (top.key ?? '') : top.index);
  };

  for (const event of text.trim() === '' ? [] : parseEvents(text, {})) {
    const top = stack.at(-1);
    if (event.type === EVENT_SCALAR && top?.mapping && top.key === undefined) {
      top.key = String(getScalarValue(text, event));
      keys.set(keyOf([...path, top.key]), lineOf(event.valueStart));
    } else if (event.type === EVENT_SCALAR || event.type === EVENT_ALIAS) {
      prepare();
      if (event.type === EVENT_SCALAR) enter(event.valueStart);
      leave();
    } else if (event.type === EVENT_MAPPING || event.type === EVENT_SEQUENCE) {
      prepare();
      enter(event.start);
      stack.push({ mapping: event.type === EVENT_MAPPING, key: undefined, index: 0 });
    } else if (event.type === EVENT_POP && stack.length > 0) {
      stack.pop();
      leave();
    } else if (event.type === EVENT_DOCUMENT && values.size > 0) break;
  }
  return { values, keys };
}

function positions(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
