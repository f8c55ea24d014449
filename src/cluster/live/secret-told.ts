import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isRecord } from '../../domain/is-record.ts';
import type { SecretTold } from '../../domain/kubernetes/secret.ts';
import { parseJson } from '../parse-json.ts';

const MAX_CERTIFICATES = 5;
const CERTIFICATE_KEY = /^tls\.crt$|\.(?:crt|cer|pem)$/;
const BEGIN_CERTIFICATE = '-----BEGIN CERTIFICATE-----';
const LOGINS = ['.dockerconfigjson', '.dockercfg'];

type Values = Readonly<Record<string, unknown>>;

/** What a report may say of the values of a Secret: until when its certificates are good, and for which registries it holds logins. */
export function secretTold({ data }: Readonly<Record<string, unknown>>): SecretTold {
  const values = isRecord(data) ? data : {};
  const texts = new Map(Object.keys(values).map((key) => [key, () => decoded(values, key)]));
  const certificates = [...texts.keys()]
    .filter((key) => CERTIFICATE_KEY.test(key))
    .flatMap((key) => certificateTold(key, texts.get(key)?.() ?? '', texts.get('tls.key')?.()) ?? []);
  return { certificates: certificates.slice(0, MAX_CERTIFICATES), registries: registriesOf(values) };
}

function decoded(values: Values, key: string): string {
  const value = values[key];
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
}

/** The first of a chain is the one that is shown. A bundle of keys and other things under another name than tls.crt is none of it. */
function certificateTold(entry: string, text: string, privateKey: string | undefined): SecretTold['certificates'][number] | undefined {
  if (entry !== 'tls.crt' && !text.includes(BEGIN_CERTIFICATE)) return undefined;
  try {
    const certificate = new X509Certificate(text);
    return {
      entry,
      not_after: new Date(certificate.validTo).toISOString(),
      hosts: (certificate.subjectAltName ?? '').split(', ').flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? []),
      fits_key: entry === 'tls.crt' && privateKey !== undefined ? fits(certificate, privateKey) : null,
    };
  } catch {
    return { entry, not_after: null, hosts: [], fits_key: null };
  }
}

function fits(certificate: X509Certificate, privateKey: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(privateKey));
  } catch {
    return false;
  }
}

/** Of the two ways in which logins are kept: the hosts. What is no JSON holds none. */
function registriesOf(values: Values): string[] | null {
  const key = LOGINS.find((name) => name in values);
  if (key === undefined) return null;
  const config = parseJson(decoded(values, key));
  const logins = isRecord(config) && key === '.dockerconfigjson' ? config['auths'] : config;
  return isRecord(logins) ? Object.keys(logins).map(hostOf) : [];
}

const DOCKER_HUB = /^(?:index|registry-1)\.docker\.io$/;

function hostOf(address: string): string {
  const host = address.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  return DOCKER_HUB.test(host) ? 'docker.io' : host;
}
