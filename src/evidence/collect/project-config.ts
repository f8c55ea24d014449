import type { KubeObject } from '../../domain/kubernetes/object.ts';
import type { Secret } from '../../domain/kubernetes/secret.ts';

const MAX_VALUE = 2_000;
const MAX_LINES = 60;
const MAX_LINE = 300;
/** Keys and values that look secret are kept by name only, wherever somebody put them. */
const SECRET_KEY = /passw|secret|token|credential|private|api[-_.]?key|\.(?:pem|key|p12|jks|crt)$/i;
const SECRET_VALUE = /-----BEGIN |eyJ[\w-]{10,}\.[\w-]{10,}\./;
/** Lines of a long file that may name a host. */
const HOST_LINE = /:\/\/|:\d{2,5}\b|\.svc\b|host|addr|server|upstream|endpoint|url|broker|forward/i;

type Data = Readonly<Record<string, string>>;

/** Every key, and of the values as much as names hosts. */
export function projectConfigMap(object: KubeObject): KubeObject {
  const { data, binaryData, ...rest } = object as KubeObject & { data?: Data; binaryData?: Data };
  const keys = Object.fromEntries(Object.keys(binaryData ?? {}).map((key) => [key, '']));
  const texts = Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, projectValue(key, String(value))]));
  return { ...rest, data: { ...keys, ...texts } } as KubeObject;
}

function projectValue(key: string, value: string): string {
  if (SECRET_KEY.test(key) || SECRET_VALUE.test(value)) return '';
  if (value.length <= MAX_VALUE) return value;
  const lines = value.split('\n').filter((line) => line.length <= MAX_LINE && HOST_LINE.test(line));
  return lines.slice(0, MAX_LINES).join('\n');
}

/** Name, type, keys and what was told of it; never a value. */
export function projectSecret(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata, data, type, told } = object as Secret;
  const keys = data === undefined ? {} : { data: Object.fromEntries(Object.keys(data).map((key) => [key, ''])) };
  return { apiVersion, kind, metadata, ...(type === undefined ? {} : { type }), ...keys, ...(told === undefined ? {} : { told }) } as KubeObject;
}
