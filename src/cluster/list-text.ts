import { GarbledAnswer } from './garbled-answer.ts';
import { parseJson } from './parse-json.ts';

/** The text of a list whose items begin with their metadata, as built-in kinds are written; its items are parsed one by one. */
export interface ListText {
  /** All but the items. */
  readonly head: unknown;
  /** Throws GarbledAnswer where an item ends nowhere. */
  items(options: { readonly withoutManagedFields: boolean }): Generator<unknown>;
}

const ITEMS = '"items":[';
const FIRST = '{"metadata":{';
const BETWEEN = `},${FIRST}`;
const END = ']}';

/**
 * Takes a list apart without parsing it: an item that is parsed alone, and projected before the next, is garbage of the young
 * generation, where thousands of a page would be moved to the old one. undefined: parse it as a whole.
 */
export function splitList(body: Buffer): ListText | undefined {
  const text = body.toString('utf8');
  const items = text.indexOf(ITEMS) + ITEMS.length;
  const end = text.lastIndexOf(END);
  if (!text.startsWith(FIRST, items) || text.slice(end + END.length).trim() !== '') return undefined;
  const head = parseJson(`${text.slice(0, items)}${END}`);
  return head === undefined ? undefined : { head, items: ({ withoutManagedFields }) => itemsOf(text.slice(items, end), withoutManagedFields) };
}

/** An item with more that look like one in it is parsed with all that follow: looking for its end would take the square of its length. */
const MOST_TRIES = 30;

function* itemsOf(text: string, withoutManagedFields: boolean): Generator<unknown> {
  for (let start = 0; start < text.length; ) {
    let end = start;
    let item: unknown;
    for (let tries = 0; item === undefined; tries += 1) {
      if (end === text.length) throw new GarbledAnswer();
      if (tries === MOST_TRIES) return yield* itemsAsOne(text.slice(start));
      const next = text.indexOf(BETWEEN, end);
      end = next === -1 ? text.length : next + 1;
      // What begins with an item is JSON only where it ends with it, too: else the text between two was part of one.
      item = withoutManagedFields ? parsedWithoutManagedFields(text.slice(start, end)) : parseJson(text.slice(start, end));
    }
    yield item;
    start = end + 1;
  }
}

function* itemsAsOne(text: string): Generator<unknown> {
  const items = parseJson(`[${text}]`);
  if (!Array.isArray(items)) throw new GarbledAnswer();
  yield* items;
}

const MANAGED_FIELDS = ',"managedFields":[';
const LAST_ENTRY = '}]';

/** They are almost half of a pod and as much of the time to parse it. They hold no other list, but keys of theirs may look like its end. */
function parsedWithoutManagedFields(item: string): unknown {
  const from = item.indexOf(MANAGED_FIELDS);
  const end = item.indexOf(LAST_ENTRY, from);
  if (from === -1 || end === -1) return parseJson(item);
  return parseJson(`${item.slice(0, from)}${item.slice(end + LAST_ENTRY.length)}`) ?? parseJson(item);
}
