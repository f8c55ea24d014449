import type { KubeObject } from '../../domain/kubernetes/object.ts';
import type { ListOptions } from '../reader.ts';

export interface Selection {
  readonly items: readonly KubeObject[];
  readonly truncated: boolean;
}

/** What an API server would do with the list: select, cut, reduce to metadata, project. */
export function selectItems(items: readonly KubeObject[], options: ListOptions): Selection {
  const tests = [...labelTests(options.labelSelector), ...fieldTests(options.fieldSelector)];
  const selected = tests.length === 0 ? items : items.filter((item) => tests.every((test) => test(item)));
  const kept = withinBytes(options.maxItems === undefined ? selected : selected.slice(0, options.maxItems), options.maxBytes);
  const reduced = options.metadataOnly === true ? kept.map(metadataOf) : kept;
  return { items: options.project === undefined ? reduced : reduced.map(options.project), truncated: kept.length < selected.length };
}

type Test = (item: KubeObject) => boolean;

function metadataOf({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  return apiVersion === undefined ? { kind, metadata } : { apiVersion, kind, metadata };
}

function withinBytes(items: readonly KubeObject[], maxBytes: number | undefined): readonly KubeObject[] {
  if (maxBytes === undefined) return items;
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += JSON.stringify(item).length;
    return bytes > maxBytes;
  });
  return end < 0 ? items : items.slice(0, end);
}

/** `app=shop,tier!=db,env in (a,b),!legacy`, as `kubectl -l` takes it. */
function labelTests(selector = ''): Test[] {
  return (selector.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map((term) => {
    const labels = ({ metadata }: KubeObject): Readonly<Record<string, string>> => metadata.labels ?? {};
    const set = /^\s*(\S+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(term);
    if (set !== null) {
      const [, key = '', operator, list = ''] = set;
      const values = list.split(',').map((value) => value.trim());
      return (item) => values.includes(labels(item)[key] ?? '\0') === (operator === 'in');
    }
    const [key, operator, value] = comparison(term);
    if (operator === undefined) return key.startsWith('!') ? (item) => !(key.slice(1) in labels(item)) : (item) => key in labels(item);
    return (item) => (labels(item)[key] === value) === (operator === '=');
  });
}

/** `metadata.name=a,status.phase!=Running`, over any field; an absent field is the empty string, as in the API server. */
function fieldTests(selector = ''): Test[] {
  return selector
    .split(',')
    .filter((term) => term !== '')
    .map((term) => {
      const [path, operator, value] = comparison(term);
      return (item) => (fieldOf(item, path) === value) === (operator !== '!=');
    });
}

function comparison(term: string): readonly [string, '=' | '!=' | undefined, string] {
  const match = /^\s*([^=!\s]+)\s*(!=|==?)\s*(.*?)\s*$/.exec(term);
  if (match === null) return [term.trim(), undefined, ''];
  return [match[1] ?? '', match[2] === '!=' ? '!=' : '=', match[3] ?? ''];
}

function fieldOf(item: KubeObject, path: string): string {
  let value: unknown = item;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return value === undefined || value === null ? '' : String(value);
}
