import {
  EVENT_ALIAS,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  getScalarValue,
  load,
  parseEvents,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';

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

/** Whether a text has only empty lines and comments, which js-yaml takes for an error. */
export function holdsNothing(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}

/** Reads the first document of `text`. A text without one reads as null. */
export function readYaml(text: string): YamlResult {
  try {
    const value: unknown = holdsNothing(text) ? null : load(text);
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

/** Walks the parser's events once. */
function placesOf(text: string): PlaceWalk {
  const walk = new PlaceWalk(text);
  for (const event of text.trim() === '' ? [] : parseEvents(text, {})) if (!walk.take(event)) break;
  return walk;
}

/** Keeps the path to where the parser stands, and notes the place of all it meets. */
class PlaceWalk {
  readonly values = new Map<string, Position>();
  readonly keys = new Map<string, Position>();
  readonly #text: string;
  readonly #positionOf: (offset: number) => Position;
  readonly #open: { readonly mapping: boolean; key: string | undefined; index: number }[] = [];
  readonly #path: (string | number)[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#positionOf = positions(text);
  }

  /** False at the start of a second document, of which nothing is wanted. */
  take(event: Event): boolean {
    switch (event.type) {
      case EVENT_SCALAR:
        if (!this.#isKey(event)) this.#value(event.valueStart);
        return true;
      case EVENT_ALIAS:
        this.#value(undefined);
        return true;
      case EVENT_MAPPING:
      case EVENT_SEQUENCE:
        this.#enter(event.start);
        this.#open.push({ mapping: event.type === EVENT_MAPPING, key: undefined, index: 0 });
        return true;
      case EVENT_POP:
        if (this.#open.pop()) this.#leave();
        return true;
      default:
        return this.values.size === 0;
    }
  }

  #isKey(event: ScalarEvent): boolean {
    const top = this.#open.at(-1);
    if (!top?.mapping || top.key !== undefined) return false;
    top.key = String(getScalarValue(this.#text, event));
    this.keys.set(keyOf([...this.#path, top.key]), this.#positionOf(event.valueStart));
    return true;
  }

  #value(offset: number | undefined): void {
    this.#enter(offset);
    this.#leave();
  }

  #enter(offset: number | undefined): void {
    const top = this.#open.at(-1);
    if (top) this.#path.push(top.mapping ? (top.key ?? '') : top.index);
    if (offset !== undefined) this.values.set(keyOf(this.#path), this.#positionOf(offset));
  }

  #leave(): void {
    const top = this.#open.at(-1);
    if (top === undefined) return;
    this.#path.pop();
    if (top.mapping) top.key = undefined;
    else top.index++;
  }
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
