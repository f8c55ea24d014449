import type { ConfigMap } from '../domain/kubernetes/policy.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';

/** A directive of the cluster DNS by which it answers names itself that it should look up, and where that stands. */
export interface DnsOverride {
  readonly config: ObjectRef;
  readonly key: string;
  /** "template for svc.cluster.local: NXDOMAIN" */
  readonly says: string;
  answers(name: string): boolean;
}

const NAMESPACE = 'kube-system';
const TEMPLATE = /^[ \t]*template[ \t]+\S+[ \t]+\S+[ \t]*([^\n{]*)\{([^}]*)\}/gm;
const REWRITE = /^[ \t]*rewrite[ \t]+(?:(?:stop|continue)[ \t]+)?name[ \t]+(?:(exact|prefix|suffix|substring|regex)[ \t]+)?(\S+)[ \t]+(\S+)/gm;

/** The overrides in every ConfigMap that looks like a Corefile. What concerns all names (zone `.`) stands behind the cluster's own. */
export function dnsOverrides({ inventory }: FactContext): readonly DnsOverride[] {
  return inventory.list<ConfigMap>('ConfigMap', NAMESPACE).flatMap(({ metadata, data = {} }) =>
    Object.entries(data)
      .filter(([key, text]) => /corefile/i.test(key) || /^\s*kubernetes\s+\S+/m.test(text))
      .flatMap(([key, text]) => {
        const at = { config: objectRef('ConfigMap', NAMESPACE, metadata.name), key };
        return [...templates(text), ...rewrites(text)].map((override) => ({ ...at, ...override }));
      }),
  );
}

type Override = Pick<DnsOverride, 'says' | 'answers'>;

function templates(text: string): Override[] {
  return [...text.matchAll(TEMPLATE)].flatMap(([, zoneText = '', body = '']) => {
    const rcode = /\brcode\s+(NXDOMAIN|SERVFAIL|REFUSED)\b/i.exec(body)?.[1]?.toUpperCase();
    const zones = zoneText.split(/\s+/).filter((zone) => zone !== '' && zone !== '.');
    const patterns = [...body.matchAll(/^\s*match\s+(.+)$/gm)].flatMap(([, words = '']) => regexOf(words.trim().replace(/^"|"$/g, '')) ?? []);
    if (rcode === undefined || zones.length + patterns.length === 0) return [];
    const answers = (name: string): boolean =>
      (zones.length === 0 || zones.some((zone) => isWithin(name, zone))) && (patterns.length === 0 || patterns.some((pattern) => pattern.test(`${name}.`)));
    return [{ says: `template for ${zones.join(', ') || 'names that match'}: ${rcode}`, answers }];
  });
}

function rewrites(text: string): Override[] {
  return [...text.matchAll(REWRITE)].map(([, how = 'exact', from = '', to = '']) => {
    const pattern = how === 'regex' ? regexOf(from) : undefined;
    const bare = from.replace(/\.$/, '');
    const fits: Record<string, (name: string) => boolean> = {
      exact: (name) => name === bare,
      prefix: (name) => name.startsWith(bare),
      suffix: (name) => name.endsWith(bare),
      substring: (name) => name.includes(bare),
      regex: (name) => pattern?.test(name) ?? false,
    };
    return { says: `rewrite of ${from} to ${to}`, answers: fits[how] ?? (() => false) };
  });
}

function isWithin(name: string, zone: string): boolean {
  const bare = zone.replace(/\.$/, '').toLowerCase();
  return name === bare || name.endsWith(`.${bare}`);
}

const MAX_PATTERN = 200;

/** Somebody else's pattern, tried on short names only. */
function regexOf(source: string): RegExp | undefined {
  if (source.length > MAX_PATTERN || /\([^)]*[+*][^)]*\)[+*]/.test(source)) return undefined;
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
