import type { Json } from './object.ts';

/** What tells the items of a list apart, the most telling first. */
const ITEM_KEYS = ['mountPath', 'name', 'containerPort', 'port', 'key'] as const;

/** The leaves of a document as text, by path: `spec.containers[name=app].image`. Lists of plain values are one leaf. */
export function flatFields(value: Json | undefined, path = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) into.set(path, value.join(' '));
    else for (const [index, item] of value.entries()) flattenItem(item as Json, `${path}[`, index, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) flatFields(item, path === '' ? key : `${path}.${key}`, into);
  } else if (value !== undefined && value !== null) into.set(path, String(value));
  return into;
}

/** How an item is told apart in its list: `name=app`; undefined where only its place tells. */
export function itemLabel(item: Json | undefined): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const fields = item as { readonly [key: string]: Json };
  const key = ITEM_KEYS.find((name) => fields[name] !== undefined && fields[name] !== null);
  return key === undefined ? undefined : `${key}=${String(fields[key])}`;
}

/** The key of an item stands in its path; it is a value only of an item that has nothing else. */
function flattenItem(item: Json, path: string, index: number, into: Map<string, string>): void {
  const label = itemLabel(item);
  if (label === undefined) return void flatFields(item, `${path}${index}]`, into);
  const [key = '', name = ''] = [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)];
  const { [key]: _, ...rest } = item as { readonly [key: string]: Json };
  const own = `${path}${label}]`;
  if (Object.keys(rest).length === 0) into.set(own, name);
  else flatFields(rest as Json, own, into);
}
