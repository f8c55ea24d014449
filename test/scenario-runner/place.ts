import { randomBytes } from 'node:crypto';
import { kubectl } from './kubectl.ts';
import type { Scenario } from './scenario.ts';

/** The namespaces of one run of a scenario. Their names tell nothing of the fault. */
export interface Place extends AsyncDisposable {
  readonly namespace: string;
  readonly all: readonly string[];
  /** The namespace of a word of `besides`, or the main one. */
  of(word: string | undefined): string;
  /** Puts the names where a file or a command says $NAMESPACE. */
  fill(text: string): string;
}

/** Makes the namespaces; letting go removes them, without waiting for it. */
export async function ownPlace({ besides }: Pick<Scenario, 'besides'>): Promise<Place> {
  const namespace = `shop-${randomBytes(3).toString('hex')}`;
  const all = [namespace, ...besides.map((word) => `${namespace}-${word}`)];
  for (const name of all) await kubectl(['create', 'namespace', name]);
  return {
    namespace,
    all,
    of: (word) => (word === undefined ? namespace : `${namespace}-${word}`),
    fill: (text) => text.replaceAll('$NAMESPACE', namespace),
    async [Symbol.asyncDispose]() {
      await kubectl(['delete', 'namespace', ...all, '--wait=false', '--ignore-not-found']);
    },
  };
}
