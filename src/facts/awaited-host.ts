import type { ContainerSpec } from '../domain/kubernetes/pod.ts';

const HOST = '(?<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)';
/** A loop that asks for a host until it answers, and programs that do nothing else. */
const AWAITING: readonly RegExp[] = [
  new RegExp(`\\b(?:until|while)\\b[^;]*?\\b(?:nslookup|getent (?:hosts|ahosts)|host|dig)\\s+(?:-\\S+\\s+)*${HOST}`),
  new RegExp(`\\b(?:until|while)\\b[^;]*?\\bnc\\s+(?:-\\w+(?:\\s+\\d+)?\\s+)*${HOST}\\s+\\d+`),
  new RegExp(`\\b(?:until|while)\\b[^;]*?\\b(?:pg_isready|mysqladmin|redis-cli|mysql|psql)\\b[^;]*?(?:-h\\s*|--host[= ])${HOST}`),
  new RegExp(`\\b(?:until|while)\\b[^;]*?\\b(?:curl|wget)\\b[^;]*?\\s["']?(?:https?://)?${HOST}[:/]`),
  new RegExp(`\\bwait-for(?:-it)?(?:\\.sh)?\\s+(?:-\\S+\\s+(?:\\d+\\s+)?)*${HOST}:\\d+`),
  new RegExp(`\\bdockerize\\b.*?-wait\\s+\\w+://${HOST}`),
];

/** The host that a container's command waits for; null where it does not only wait. */
export function awaitedHost({ command = [], args = [] }: ContainerSpec): string | null {
  const text = [...command, ...args].join(' ');
  for (const pattern of AWAITING) {
    const host = pattern.exec(text)?.groups?.['host'];
    if (host !== undefined) return host;
  }
  return null;
}
