import { nearness } from '../domain/near-names.ts';
import type { Known } from './known.ts';
import type { Spread } from './spread.ts';

/** What the question is about and nothing that was read bears the name of. Empty where it names anything that exists. */
export function askedInVain({ entities, scope }: Pick<Known, 'entities' | 'scope'>): string[] {
  return scope.objects.length > 0 ? [] : entities.unresolved.flatMap(({ word, asked }) => (asked ? [word] : []));
}

/** True where one of the names may be a slip for what the root blames or breaks, or for its namespace. */
export function mayBeMeant({ branches }: Spread, names: readonly string[]): boolean {
  return branches.some(({ object }) => names.some((asked) => [object.name, object.namespace ?? ''].some((name) => nearness(asked, name) !== undefined)));
}

/** `"checkout" or "shop"`. */
export function quotedNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(' or ');
}
