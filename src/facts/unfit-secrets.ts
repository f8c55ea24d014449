import type { Ingress } from '../domain/kubernetes/network.ts';
import type { Secret } from '../domain/kubernetes/secret.ts';
import type { FactContext } from './context.ts';

const LOGIN_TYPES = new Set(['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg']);
const TLS_KEYS = ['tls.crt', 'tls.key'];

/** Why none of these pull secrets can serve for a registry; null where one can, or where what they hold was not read. */
export function unfitPullSecret(
  { inventory }: FactContext,
  namespace: string,
  { names, registry }: { readonly names: readonly string[]; readonly registry: string },
): string | null {
  const reasons = names.map((name) => {
    const lookup = inventory.lookup<Secret>('Secret', namespace, name);
    return lookup.status === 'found' ? unfitFor(registry, lookup.value) : null;
  });
  return reasons.length === 0 || reasons.includes(null) ? null : reasons.join('; ');
}

function unfitFor(registry: string, { metadata: { name }, type, told }: Secret): string | null {
  if (type === undefined) return null;
  if (!LOGIN_TYPES.has(type)) return `Secret ${name} is of type ${type}, which the kubelet takes no login from`;
  const hosts = told?.registries;
  if (hosts == null || hosts.some((host) => serves(host, registry))) return null;
  return hosts.length === 0 ? `Secret ${name} holds no login` : `Secret ${name} holds logins for ${hosts.join(', ')}, and none for ${registry}`;
}

/** As kubelets match them: each part of a host may be a pattern. */
function serves(pattern: string, registry: string): boolean {
  const [patterns, parts] = [pattern.split('.'), registry.split('.')];
  return patterns.length === parts.length && patterns.every((part, index) => matches(part, parts[index] ?? ''));
}

function matches(pattern: string, part: string): boolean {
  const [before = '', ...after] = pattern.split('*');
  return after.length === 0 ? pattern === part : part.startsWith(before) && part.endsWith(after.at(-1) ?? '');
}

export interface UnfitTls {
  readonly secret: string;
  readonly why: string;
  /** Seconds since it expired, where that is why. */
  readonly expired_s: number | null;
  readonly path: string;
}

/** The first TLS Secret of an Ingress that is there and cannot serve what it is named for. */
export function unfitTlsSecret({ inventory, now }: FactContext, { metadata, spec }: Ingress): UnfitTls | null {
  for (const [index, { secretName = '', hosts }] of (spec?.tls ?? []).entries()) {
    const lookup = inventory.lookup<Secret>('Secret', metadata.namespace, secretName);
    const wanted = hosts ?? (spec?.rules ?? []).flatMap(({ host }) => host ?? []);
    const unfit = lookup.status === 'found' ? unfitTls(lookup.value, wanted, now) : null;
    if (unfit !== null) return { ...unfit, secret: secretName, path: `spec.tls[${index}].secretName` };
  }
  return null;
}

function unfitTls({ type, data, told }: Secret, hosts: readonly string[], now: number): Pick<UnfitTls, 'why' | 'expired_s'> | null {
  if (type === undefined || data === undefined) return null;
  const missing = TLS_KEYS.filter((key) => !(key in data));
  if (missing.length > 0) return { why: `is of type ${type} and has no key ${missing.join(' and no key ')}`, expired_s: null };
  const certificate = told?.certificates.find(({ entry }) => entry === 'tls.crt');
  if (certificate === undefined) return null;
  const { not_after: until, fits_key: fits, hosts: named } = certificate;
  if (until === null) return { why: 'holds under tls.crt what is no certificate', expired_s: null };
  const expired = Math.floor((now - Date.parse(until)) / 1_000);
  if (expired > 0) return { why: `holds a certificate that expired at ${until}`, expired_s: expired };
  if (fits === false) return { why: 'holds a private key that is not the one of its certificate', expired_s: null };
  const strangers = hosts.filter((host) => named.length > 0 && !named.some((name) => covers(name, host)));
  return strangers.length === 0 ? null : { why: `holds a certificate for ${named.join(', ')}, and none for ${strangers.join(', ')}`, expired_s: null };
}

/** RFC 6125: a star stands for one whole part, the first. */
function covers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1) && !host.startsWith('*'));
}
