import { isKind, type Kind } from './kubernetes/resource-type.ts';

/** What one may be allowed to read or not: a kind, or the logs of pods. */
export type Sight = Kind | 'logs';

export function isSight(word: string): word is Sight {
  return word === 'logs' || isKind(word);
}
