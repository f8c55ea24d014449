import { type Dump, type Json, mapTexts, mapValues, objectsOf } from './dump.ts';

const PORT_KEYS = new Set(['port', 'targetPort', 'containerPort', 'hostPort']);
/** Ports by which a server is known, and those of Kubernetes itself. */
const KEPT = new Set([53, 80, 443, 2379, 2380, 3306, 5432, 6379, 6443, 9092, 10250, 10257, 10259, 27017]);

/** Every port of the application is another one, the same everywhere. */
export function renumberPorts(dump: Dump): Dump {
  const ports = new Set<number>();
  for (const { kind, ...object } of objectsOf(dump)) {
    if (kind === 'Event' || kind === 'Node') continue;
    mapValues(object as Json, (value, key) => {
      if (PORT_KEYS.has(key) && typeof value === 'number' && !KEPT.has(value) && value > 1023) ports.add(value);
      return value;
    });
  }
  if (ports.size === 0) return dump;
  const to = new Map([...ports].sort((a, b) => a - b).map((port, index) => [`${port}`, `${21_111 + index * 101}`]));
  const numbers = [...to.keys()].join('|');
  // In text a port stands behind a colon, an equals sign or its name; numbers elsewhere are other things.
  const inText = new RegExp(`((?::|[Pp]ort["']?\\s*[:=]?\\s*["']?|=|"value":\\s*")\\[?)(${numbers})(?![0-9.])`, 'g');
  return mapTexts(dump, (text) => text.replace(inText, (_, before: string, port: string) => `${before}${to.get(port)}`));
}
