import type { DependencyDoc } from '../domain/facts/dependency.ts';

const FAILURES: Readonly<Record<NonNullable<DependencyDoc['error']>, string>> = {
  refused: 'the connection is refused',
  timeout: 'no answer comes in time',
  unresolvable: 'its name cannot be resolved',
  unregistered: 'the service registry knows no instance of it',
  reset: 'the connection is reset',
  unreachable: 'no route leads to it',
  tls: 'TLS cannot be agreed on',
  auth: 'the credentials are rejected',
  unavailable: 'it is unavailable',
  other: 'calls fail',
};

/** An error of a connection as the end of a sentence. */
export function failureWords(error: DependencyDoc['error']): string {
  return FAILURES[error ?? 'other'];
}

/** "5 times in its log". */
export function toldWords(count: number, source: 'log' | 'event'): string {
  return `${count === 1 ? 'once' : `${count} times`} ${source === 'log' ? 'in its log' : 'by its probe'}`;
}
